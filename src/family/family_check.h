/*
 * Family check: checks an administrator's entries for a family, so that mistakes are explained
 * before the schema refuses them.
 *
 * Each function sets FAULT_BAD_FIELDS.
 */
#ifndef FAMILY_FAMILY_CHECK_H
#define FAMILY_FAMILY_CHECK_H

#include "family/family.h"

MUST_USE bool family_check_name(struct call *call, const char *name);
MUST_USE bool family_check_weight(struct call *call, int64_t grams);

/*
 * Check the pattern, its prefix, its capacity and its example (as a scanner would read it).
 * `family_id` is the family that is edited, 0 for a new one: it isn't compared with itself. *prefix
 * is the given one, or else the longest text that all codes of the pattern begin with.
 */
MUST_USE bool family_check_pattern(
    struct call *call, const struct family_edit *edit, int64_t family_id, const char **prefix);

#endif

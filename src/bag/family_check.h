/*
 * Family check: what administrators may say of a family, refused in words before the schema does.
 *
 * Each function sets FAULT_BAD_FIELDS.
 */
#ifndef BAG_FAMILY_CHECK_H
#define BAG_FAMILY_CHECK_H

#include "bag/family.h"

MUST_USE bool family_check_name(struct call *call, const char *name);
MUST_USE bool family_check_weight(struct call *call, int64_t grams);

/*
 * The pattern, its prefix, capacity and example, which is taken from scanner text. *prefix is the
 * one that was given, or else the longest.
 */
MUST_USE bool family_check_pattern(
    struct call *call, const struct family_edit *edit, int64_t family_id, const char **prefix);

#endif

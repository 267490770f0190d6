/*
 * Family check: validates what an administrator enters for a family, a kind of parent bag.
 *
 * The schema has most of the same rules; these functions add an explanation of each mistake. Each
 * returns false with FAULT_BAD_FIELDS, which names the field, in `call`, the request in hand.
 */
#ifndef FAMILY_FAMILY_CHECK_H
#define FAMILY_FAMILY_CHECK_H

#include "family/family.h"

/* Check that a name has 1 to 40 characters, no blanks at its ends and no control characters. */
MUST_USE bool family_check_name(struct call *call, const char *name);

/* Check that the weight of a child, in grams, is 1 to 1,000,000. */
MUST_USE bool family_check_weight(struct call *call, int64_t grams);

/* Check pattern, prefix, capacity and example of *edit: the example must match the pattern, and
 * belong to no other family than `family_id` (0: a new family); no child may have a code of the
 * pattern. Sets *prefix to the one given, or else to the text that all codes begin with, in
 * call->arena. Reads the database. */
MUST_USE bool family_check_pattern(
    struct call *call, const struct family_edit *edit, int64_t family_id, const char **prefix);

#endif

/*
 * Family match: decides which family, or kind of parent bag, a code belongs to.
 *
 * A code is the text on a bag's label. Patterns are regular expressions that family_pattern_read()
 * has accepted; this matcher needs no regex library. PostgreSQL searches with the same patterns,
 * and a test makes sure that both give the same answers.
 */
#ifndef FAMILY_FAMILY_MATCH_H
#define FAMILY_FAMILY_MATCH_H

#include "family/family.h"

/* Whether the whole code matches the pattern. Codes of 63 bytes or more never do. */
bool family_pattern_matches(const char *pattern, const char *code);

/* The first element of `families` (a list of struct family, from family_list()) that the code
 * belongs to, by prefix and pattern; NULL if there is none. */
const struct family *family_find_by_code(const struct list *families, const char *code);

/* The most children that a parent with this code holds. The code must belong to the family. */
int64_t family_capacity(const struct family *family, const char *code);

#endif

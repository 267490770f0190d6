/*
 * Family match: which family the code of a parent belongs to.
 *
 * This is where it is decided; the patterns are those that family_pattern_read() lets in, and a
 * test holds the answers against PostgreSQL's, which searches with the same patterns.
 */
#ifndef FAMILY_FAMILY_MATCH_H
#define FAMILY_FAMILY_MATCH_H

#include "family/family.h"

/* Whether the code, all of it, is of the pattern. */
bool family_pattern_fits(const char *pattern, const char *code);

/* The first of `families` (struct family) that the code belongs to; NULL when there is none. */
const struct family *family_of(const struct list *families, const char *code);

/* How many children a bag with this code holds, which is of the family. */
int64_t family_capacity(const struct family *family, const char *code);

#endif

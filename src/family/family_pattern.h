/*
 * Family pattern: the regular expressions that may describe a family's codes.
 *
 * Every scan of a new parent is matched against them, so only a small language with bounded texts
 * is allowed: letters, digits and dashes, \d, sets like [1-9], groups with alternatives, and ?, {n}
 * or {n,m} after each of these. That makes it possible to compute the shortest and the longest code
 * before the first bag is scanned. PostgreSQL reads such a pattern in the same way.
 */
#ifndef FAMILY_FAMILY_PATTERN_H
#define FAMILY_FAMILY_PATTERN_H

#include "base/call.h"

/* The end of a pattern whose codes end with the number of children that the bag holds. */
#define FAMILY_COUNT_TAIL "-([1-9]\\d?|[1-4]\\d\\d|500)$"

struct family_lengths {
    int shortest, longest; /* lengths of the codes */
};

/*
 * Check a pattern from its ^ to its $ and compute the lengths of its codes. On false, *wrong says
 * what is wrong; it has no parameters.
 */
MUST_USE bool family_pattern_read(
    const char *pattern, struct family_lengths *lengths, enum reason *wrong);

#endif

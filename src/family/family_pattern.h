/*
 * Family pattern: checks the regular expressions that describe the codes of a family, a kind of
 * parent bag. A code is the text on a bag's label.
 *
 * Every scan of a new parent is matched against them, so only a small language with bounded lengths
 * is allowed: letters, digits and dashes, \d, sets like [1-9], groups with alternatives, and ?, {n}
 * or {n,m} after each of these. That makes it possible to compute the shortest and the longest code
 * before the first bag is scanned. PostgreSQL reads such a pattern in the same way.
 */
#ifndef FAMILY_FAMILY_PATTERN_H
#define FAMILY_FAMILY_PATTERN_H

#include "base/call.h"

/* The end of a pattern whose codes end with the bag's capacity, 1 to 500 children: "P12-250". */
#define FAMILY_COUNT_TAIL "-([1-9]\\d?|[1-4]\\d\\d|500)$"

/* The lengths of the codes that match a pattern, in characters. */
struct family_lengths {
    int shortest, longest;
};

/* Check a pattern, from its ^ to its $, and compute the lengths of its codes. Returns false without
 * a fault if it is not allowed; *wrong is then the reason to report, a sentence of base/words.def
 * without parameters. Otherwise *wrong is REASON_NONE. */
MUST_USE bool family_pattern_read(
    const char *pattern, struct family_lengths *lengths, enum reason *wrong);

#endif

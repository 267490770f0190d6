/*
 * Family pattern: which regular expressions may say what a family's codes look like.
 *
 * A pattern is asked about on every scan of a new parent, so it is a small language of bounded
 * texts: letters, digits and dashes, \d, sets like [1-9], groups with alternatives, and behind each
 * of them ?, {n} or {n,m}. What is in it can be said in full, which is how lengths are checked
 * before the first bag is scanned. PostgreSQL reads it the same way.
 */
#ifndef BAG_FAMILY_PATTERN_H
#define BAG_FAMILY_PATTERN_H

#include "base/call.h"

/* What a pattern ends in when a code's last number is how many children its bag holds. */
#define FAMILY_COUNT_TAIL "-([1-9]\\d?|[1-4]\\d\\d|500)$"

struct family_lengths {
    int shortest, longest; /* of the codes */
};

/*
 * Read a pattern from its ^ to its $. On false *wrong says what is the matter with it, in words
 * that go on from "pattern".
 */
MUST_USE bool family_pattern_read(
    const char *pattern, struct family_lengths *lengths, const char **wrong);

#endif

/*
 * A family's pattern, as administrators write it: what is taken is a regular expression for the C
 * library, too, which says the same of a code as we do, and matches no text that is shorter or
 * longer than was worked out.
 */
#include <assert.h>
#include <regex.h>
#include <string.h>

#include "family/family_match.h"
#include "family/family_pattern.h"
#include "fuzz.h"

/* The reader's own limit, and one that no code reaches. */
#define LENGTH_MAX 1000
#define CODE_MAX 50

/* Some of which patterns of this kind match. */
static const char *const codes[] = { "", "A", "-", "00", "SB12345", "M444-00001", "P123-10",
    "P1-500", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ" };

/* POSIX has no \d. */
static const char *in_posix(struct arena *arena, const char *pattern)
{
    static const char digit[] = "[0-9]";
    char *posix = arena_alloc(arena, strlen(pattern) * strlen(digit) + 1, 1), *end = posix;

    for (; *pattern; pattern++) {
        if (pattern[0] == '\\' && pattern[1] == 'd') {
            end = stpcpy(end, digit);
            pattern++;
        } else {
            *end++ = *pattern;
        }
    }
    *end = '\0';
    return posix;
}

static void check_codes(
    struct arena *arena, const char *pattern, const struct family_lengths *lengths)
{
    regex_t regex;

    assert(regcomp(&regex, in_posix(arena, pattern), REG_EXTENDED | REG_NOSUB) == 0);
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        const int length = (int)strlen(codes[i]);
        const bool fits = regexec(&regex, codes[i], 0, NULL, 0) == 0;

        assert(!fits || (length >= lengths->shortest && length <= lengths->longest));
        assert(length > CODE_MAX || family_pattern_matches(pattern, codes[i]) == fits);
    }
    regfree(&regex);
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    const char *pattern = arena_bytes(&call->arena, bytes, length);
    struct family_lengths lengths = { -1, -1 };
    enum reason wrong;

    if (!family_pattern_read(pattern, &lengths, &wrong)) {
        assert(wrong != REASON_NONE);
        return;
    }
    assert(!wrong && pattern[0] == '^' && pattern[strlen(pattern) - 1] == '$');
    assert(
        strspn(pattern, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-^$\\d[](){}|?,") == strlen(pattern));
    assert(0 <= lengths.shortest && lengths.shortest <= lengths.longest);
    assert(lengths.longest <= LENGTH_MAX);
    /* What is repeated is never empty, so this bounds the work of whoever reads it as well. */
    if (lengths.longest <= CODE_MAX)
        check_codes(&call->arena, pattern, &lengths);
}

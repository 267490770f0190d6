#include "family/family_match.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/*
 * All ways through a pattern at once: bit i of `at` is set if what was read of the pattern may end
 * before the code's i-th character. So nothing is tried twice, whatever the pattern.
 */
#define POSITIONS_MAX 63

struct family_matcher {
    const char *pattern; /* what is left of it */
    const char *code;
    size_t length;
};

static uint64_t match_choice(struct family_matcher *matcher, uint64_t at);

/* "1-9A]", from behind the bracket to behind the other one: whether `c` is in it. */
static bool match_set(struct family_matcher *matcher, char c, const char **end)
{
    const char *set = matcher->pattern;
    bool found = false;

    while (*set != ']') {
        const bool range = set[1] == '-';

        found = found || (c >= set[0] && c <= set[range ? 2 : 0]);
        set += range ? 3 : 1;
    }
    *end = set + 1;
    return found;
}

/* Whether the sign at the pattern's place is, or contains, `c`. *end is behind the sign. */
static bool match_sign(struct family_matcher *matcher, char c, const char **end)
{
    const char sign = *matcher->pattern;

    if (sign == '[') {
        struct family_matcher inner = { .pattern = matcher->pattern + 1 };

        return match_set(&inner, c, end);
    }
    *end = matcher->pattern + (sign == '\\' ? 2 : 1);
    return sign == '\\' ? c >= '0' && c <= '9' : c == sign;
}

static uint64_t match_piece(struct family_matcher *matcher, uint64_t at)
{
    const char *end = NULL;
    uint64_t after = 0;

    if (*matcher->pattern == '(') {
        matcher->pattern++;
        after = match_choice(matcher, at);
        matcher->pattern++;
        return after;
    }
    for (size_t i = 0; i <= matcher->length; i++)
        if (match_sign(matcher, matcher->code[i], &end) && at >> i & 1)
            after |= UINT64_C(1) << (i + 1);
    matcher->pattern = end;
    return after;
}

/* How often the piece before may stand there: "?", "{5}", "{1,12}", or nothing. */
static void match_times(struct family_matcher *matcher, long *least, long *most)
{
    char *end = (char *)matcher->pattern;

    *least = *most = 1;
    if (*end == '?') {
        *least = 0;
        end++;
    } else if (*end == '{') {
        *least = *most = strtol(end + 1, &end, 10);
        if (*end == ',')
            *most = strtol(end + 1, &end, 10);
        end++;
    }
    matcher->pattern = end;
}

static uint64_t match_counted(struct family_matcher *matcher, uint64_t at)
{
    const char *piece = matcher->pattern;
    uint64_t now = match_piece(matcher, at), after;
    long least, most;

    match_times(matcher, &least, &most);

    struct family_matcher again = *matcher;

    after = least == 0 ? at | now : least == 1 ? now : 0;
    for (long times = 2; times <= most && now; times++) {
        again.pattern = piece;
        now = match_piece(&again, now);
        after |= times >= least ? now : 0;
    }
    return after;
}

static uint64_t match_row(struct family_matcher *matcher, uint64_t at)
{
    while (!strchr("|)$", *matcher->pattern))
        at = match_counted(matcher, at);
    return at;
}

static uint64_t match_choice(struct family_matcher *matcher, uint64_t at)
{
    uint64_t after = match_row(matcher, at);

    while (*matcher->pattern == '|') {
        matcher->pattern++;
        after |= match_row(matcher, at);
    }
    return after;
}

bool family_pattern_matches(const char *pattern, const char *code)
{
    struct family_matcher matcher = { pattern + 1, code, strlen(code) };

    return matcher.length < POSITIONS_MAX && (match_row(&matcher, 1) >> matcher.length & 1);
}

const struct family *family_find_by_code(const struct list *families, const char *code)
{
    const struct family *each = families->items;

    for (size_t i = 0; i < families->count; i++)
        if (text_starts_with(code, each[i].prefix) && family_pattern_matches(each[i].pattern, code))
            return &each[i];
    return NULL;
}

int64_t family_capacity(const struct family *family, const char *code)
{
    return family->capacity != NO_I64 ? family->capacity : strtol(strrchr(code, '-') + 1, NULL, 10);
}

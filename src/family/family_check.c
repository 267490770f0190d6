#include "family/family_check.h"

#include <string.h>

#include "bag/code.h"
#include "base/text.h"
#include "db/db.h"
#include "family/family.sql.h"
#include "family/family_pattern.h"

#define FAMILY_CHECK_NAME_LONGEST 40
#define PREFIX_LONGEST 20
#define CODE_SHORTEST 4
#define CODE_LONGEST 20
#define FAMILY_CHECK_CAPACITY_MAX 500
#define WEIGHT_MAX_G 1000000

struct fit {
    bool fits, broken;
};

static const struct field fit_fields[] = {
    FIELD(struct fit, fits),
    FIELD(struct fit, broken),
};

static const struct shape fit_shape = SHAPE(struct fit, fit_fields);

struct clash {
    const char *family, *child;
};

static const struct field clash_fields[] = {
    FIELD(struct clash, family),
    FIELD(struct clash, child),
};

static const struct shape clash_shape = SHAPE(struct clash, clash_fields);

bool family_check_name(struct call *call, const char *name)
{
    return text_is_name(name, FAMILY_CHECK_NAME_LONGEST)
        || fail_field(call, "name", BAD_NAME, .most = FAMILY_CHECK_NAME_LONGEST);
}

bool family_check_weight(struct call *call, int64_t grams)
{
    return (grams >= 1 && grams <= WEIGHT_MAX_G)
        || fail_field(call, "child_weight_kg", BAD_WEIGHT, .most = WEIGHT_MAX_G / 1000);
}

/* What every code of the pattern begins with: "SB" of "^SB\d{5}$". */
static const char *literal_start(struct arena *arena, const char *pattern)
{
    const char *start = pattern + 1;
    size_t length = strspn(start, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    if (length && (start[length] == '?' || start[length] == '{'))
        length--;
    return arena_bytes(arena, start, length < PREFIX_LONGEST ? length : PREFIX_LONGEST);
}

static bool check_prefix(struct call *call, const struct family_edit *edit, const char **prefix)
{
    const char *start = literal_start(&call->arena, edit->pattern);

    if (!*start)
        return fail_field(call, "pattern", PATTERN_START);

    *prefix = edit->prefix && *edit->prefix ? edit->prefix : start;
    return text_starts_with(start, *prefix)
        || fail_field(call, "prefix", PATTERN_PREFIX, .start = start);
}

static bool check_lengths(struct call *call, const char *pattern)
{
    struct family_lengths lengths;
    enum reason wrong;

    if (!family_pattern_read(pattern, &lengths, &wrong))
        return fail_field_with_words(call, "pattern", wrong, NULL);

    return (lengths.shortest >= CODE_SHORTEST && lengths.longest <= CODE_LONGEST)
        || fail_field(call, "pattern", PATTERN_LENGTHS, .shortest = lengths.shortest,
            .longest = lengths.longest, .least = CODE_SHORTEST, .most = CODE_LONGEST);
}

/* Without a capacity each code has its own: no code may have none. */
static bool check_capacity(struct call *call, const struct family_edit *edit)
{
    if (edit->capacity == NO_I64)
        return text_ends_with(edit->pattern, FAMILY_COUNT_TAIL)
            || fail_field(call, "capacity", PATTERN_CAPACITY, .tail = FAMILY_COUNT_TAIL);
    return (edit->capacity >= 1 && edit->capacity <= FAMILY_CHECK_CAPACITY_MAX)
        || fail_field(
            call, "capacity", OUT_OF_RANGE, .least = 1, .most = FAMILY_CHECK_CAPACITY_MAX);
}

static bool check_example(struct call *call, const char *pattern, const char *example)
{
    struct fit fit;

    if (!db_one(call, FAMILY_FITS(.pattern = pattern, .example = example), &fit_shape, &fit))
        return false;
    if (fit.broken)
        return fail_field(call, "pattern", PATTERN_UNREADABLE);
    return fit.fits || fail_field(call, "example", PATTERN_EXAMPLE);
}

static bool check_clash(struct call *call, const char *pattern, int64_t family_id,
    const char *prefix, const char *example)
{
    struct clash clash;

    if (!db_one(call,
            FAMILY_CLASH(.family_id = family_id, .pattern = pattern, .prefix = prefix,
                .example = example),
            &clash_shape, &clash))
        return false;
    if (clash.family)
        return fail_field(call, "example", PATTERN_OTHER_FAMILY, .family = clash.family);
    return !clash.child || fail_field(call, "pattern", PATTERN_CHILD, .child = clash.child);
}

bool family_check_pattern(
    struct call *call, const struct family_edit *edit, int64_t family_id, const char **prefix)
{
    const char *example;

    if (!edit->example || !*edit->example)
        return fail_field(call, "example", MISSING);
    if (!check_lengths(call, edit->pattern) || !check_prefix(call, edit, prefix)
        || !check_capacity(call, edit))
        return false;

    example = bag_code_clean(&call->arena, edit->example);
    return check_example(call, edit->pattern, example)
        && check_clash(call, edit->pattern, family_id, *prefix, example);
}

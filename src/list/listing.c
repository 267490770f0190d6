
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "db/db.h"
#include "list/listing.sql.h"
#include "list/listing_page.h"

#define LISTING_TEXT_MAX ((size_t)100)

/* In 2255 a double can't tell microseconds apart any more, and then PostgreSQL can't add them. */
#define LISTING_KEY_MAX (INT64_C(1) << 53)

struct listing_days {
    int64_t since_us, until_us;
};

static const struct field listing_days_fields[] = {
    FIELD(struct listing_days, since_us),
    FIELD(struct listing_days, until_us),
};

static const struct shape listing_days_shape = SHAPE(struct listing_days, listing_days_fields);

static const struct field listing_count_fields[] = {
    FIELD(struct listing_count, found),
    FIELD(struct listing_count, looked),
};

const struct shape listing_count_shape = SHAPE(struct listing_count, listing_count_fields);

_Noreturn static void listing_reject(const struct listing *listing, const char *why)
{
    fprintf(stderr, "list %s: %s\n", listing->name, why);
    abort();
}

static bool listing_has_field(const struct listing *listing, const char *name)
{
    for (size_t i = 0; i < listing->row->count; i++)
        if (strcmp(listing->row->fields[i].name, name) == 0)
            return true;
    return false;
}

void listing_check(const struct listing *listing)
{
    if (!listing->name || !listing->row || !listing->find || !listing->keys_count)
        listing_reject(listing, "has no name, row, find or keys");
    if (listing->filter_size < sizeof(struct listing_span))
        listing_reject(listing, "has a filter without a span");
    for (size_t i = 0; i < listing->filters_count; i++)
        if (listing->filters[i].kind == LISTING_WORD && !listing->filters[i].words)
            listing_reject(listing, "has a filter without its words");
    for (size_t i = 0; i < listing->columns_count; i++)
        if (!listing_has_field(listing, listing->columns[i].field))
            listing_reject(listing, "has a column that is no field");
}

const char *listing_kind_name(enum listing_kind kind)
{
    static const char *const names[] = {
        [LISTING_TEXT] = "text",
        [LISTING_WORD] = "word",
        [LISTING_NAME] = "text",
        [LISTING_CODE] = "text",
        [LISTING_TRUTH] = "truth",
        [LISTING_FROM] = "moment",
        [LISTING_TO] = "moment",
    };

    return names[kind];
}

static int64_t *listing_i64(void *record, size_t offset)
{
    return (int64_t *)(void *)((char *)record + offset);
}

static const char **listing_text(void *record, size_t offset)
{
    return (const char **)(void *)((char *)record + offset);
}

static bool listing_is_i64(const struct listing_filter *filter)
{
    return filter->kind == LISTING_FROM || filter->kind == LISTING_TO;
}

static const char *const listing_truths[] = { NULL, "true", "false" };
static const struct word_set listing_truth_set = WORD_SET(truth, listing_truths);

static bool listing_take_word(
    struct call *call, const struct listing_filter *filter, const char *value)
{
    const struct word_set *words =
        filter->kind == LISTING_TRUTH ? &listing_truth_set : filter->words;

    return word_set_find(words, value)
        || fail_field(
            call, filter->name, NOT_CHOICE, .choices = word_set_choices(&call->arena, words));
}

static bool listing_day_us(
    struct call *call, enum listing_kind kind, const char *day, int64_t *moment)
{
    struct listing_days days;

    if (!db_one(call, LIST_DAYS(.from = day, .to = day), &listing_days_shape, &days))
        return false;
    *moment = kind == LISTING_FROM ? days.since_us : days.until_us;
    return true;
}

/* A moment is as long as a microsecond. */
static bool listing_take_moment(
    struct call *call, const struct listing_filter *filter, const char *value, int64_t *moment)
{
    if (time_from_rfc3339(value, moment)) {
        *moment += filter->kind == LISTING_TO;
        return true;
    }
    if (time_is_day(value))
        return listing_day_us(call, filter->kind, value, moment);

    return fail_field(call, filter->name, NOT_MOMENT);
}

static bool listing_take(
    struct call *call, const struct listing_filter *asked, const char *value, void *filter)
{
    if (!asked->in_path && strlen(value) > LISTING_TEXT_MAX)
        return fail_field(call, asked->name, TOO_LONG, .most = LISTING_TEXT_MAX);
    if (listing_is_i64(asked))
        return listing_take_moment(call, asked, value, listing_i64(filter, asked->offset));

    if (asked->kind == LISTING_NAME)
        value = text_key(&call->arena, value);
    *listing_text(filter, asked->offset) = asked->clean ? asked->clean(call, value) : value;
    return (asked->kind != LISTING_WORD && asked->kind != LISTING_TRUTH)
        || listing_take_word(call, asked, value);
}

static void listing_forget_keys(const struct listing *listing, void *filter)
{
    for (size_t i = 0; i < listing->keys_count; i++)
        if (listing->keys[i].kind == LISTING_KEY_I64)
            *listing_i64(filter, listing->keys[i].filter) = NO_I64;
        else
            *listing_text(filter, listing->keys[i].filter) = NULL;
}

bool listing_read_filter(struct call *call, const struct listing *listing,
    const struct listing_source *source, void **filter)
{
    *filter = arena_alloc(&call->arena, 1, listing->filter_size);
    listing_forget_keys(listing, *filter);

    for (size_t i = 0; i < listing->filters_count; i++) {
        const struct listing_filter *asked = &listing->filters[i];
        const char *value = source->value(source->from, asked);

        if (listing_is_i64(asked))
            *listing_i64(*filter, asked->offset) = NO_I64;
        if (((value && *value) || asked->in_path)
            && !listing_take(call, asked, value ? value : "", *filter))
            return false;
    }
    return true;
}

bool listing_has_filter(const struct listing *listing, const char *name)
{
    for (size_t i = 0; i < listing->filters_count; i++)
        if (strcmp(listing->filters[i].name, name) == 0)
            return true;
    return false;
}

/* Where a key ends: the last one takes all that is left, points too. */
static size_t listing_key_length(const char *text, bool last)
{
    return last ? strlen(text) : strcspn(text, ".");
}

static bool listing_take_key(const struct listing_key *key, const char *text, void *filter)
{
    unsigned char id[16];

    switch (key->kind) {
    case LISTING_KEY_I64:
        return text_to_i64(text, 0, LISTING_KEY_MAX, listing_i64(filter, key->filter));
    case LISTING_KEY_TRUTH:
        *listing_text(filter, key->filter) = *text == '1' ? "t" : "f";
        return strcmp(text, "0") == 0 || strcmp(text, "1") == 0;
    case LISTING_KEY_UUID:
        *listing_text(filter, key->filter) = text;
        return text_to_uuid(text, id);
    default:
        *listing_text(filter, key->filter) = text;
        return true;
    }
}

bool listing_continue(
    struct call *call, const struct listing *listing, const char *cursor, void *filter)
{
    const char *rest = cursor;

    for (size_t i = 0; i < listing->keys_count; i++) {
        const bool last = i + 1 == listing->keys_count;
        const size_t length = listing_key_length(rest, last);

        if (!listing_take_key(&listing->keys[i], arena_bytes(&call->arena, rest, length), filter)
            || (!last && rest[length] != '.'))
            return fail_field(call, "cursor", NOT_OURS);
        rest += length + !last;
    }
    return true;
}

static const char *listing_key_text(
    struct call *call, const struct listing_key *key, const void *row)
{
    const char *member = (const char *)row + key->row;

    switch (key->kind) {
    case LISTING_KEY_I64:
        return arena_format(
            &call->arena, "%lld", (long long)*(const int64_t *)(const void *)member);
    case LISTING_KEY_TRUTH:
        return *(const bool *)(const void *)member ? "1" : "0";
    default:
        return *(const char *const *)(const void *)member;
    }
}

static const char *listing_cursor(struct call *call, const struct listing *listing, const void *row)
{
    const char *cursor = listing_key_text(call, &listing->keys[0], row);

    for (size_t i = 1; i < listing->keys_count; i++)
        cursor = arena_format(
            &call->arena, "%s.%s", cursor, listing_key_text(call, &listing->keys[i], row));
    return cursor;
}

static const void *listing_row(const struct listing *listing, const struct list *rows, size_t i)
{
    return (const char *)rows->items + i * listing->row->size;
}

/* A bounded walk that came to its end: behind its last row there may be more. */
static void listing_cut_walk(
    struct call *call, const struct listing *listing, struct listing_page *page)
{
    if (!listing->walks || !page->rows.count)
        return;

    const struct listing_mark *last = listing_row(listing, &page->rows, page->rows.count - 1);

    if (!last->ends)
        return;
    page->partial = true;
    page->next = listing_cursor(call, listing, last);
    page->rows.count -= !last->fits;
}

/* One more than is wanted was asked for: it tells whether there are more. */
static void listing_cut(
    struct call *call, const struct listing *listing, int64_t count, struct listing_page *page)
{
    if (page->rows.count <= (size_t)count) {
        listing_cut_walk(call, listing, page);
        return;
    }
    page->rows.count = (size_t)count;
    page->next =
        listing_cursor(call, listing, listing_row(listing, &page->rows, (size_t)count - 1));
}

bool listing_find(struct call *call, const struct listing *listing, void *filter, int64_t count,
    int64_t walk, struct listing_page *page)
{
    *(struct listing_span *)filter = (struct listing_span){ .count = count + 1, .walk = walk };
    *page = (struct listing_page){ .next = NULL };
    if (!listing->find(call, filter, &page->rows))
        return false;

    listing_cut(call, listing, count, page);
    return true;
}

bool listing_total(
    struct call *call, const struct listing *listing, void *filter, struct listing_total *total)
{
    struct listing_count count = { .found = 0 };

    *total = (struct listing_total){ NO_I64, NO_I64 };
    if (!listing->count)
        return true;

    *(struct listing_span *)filter = (struct listing_span){ .count = LISTING_COUNT_MAX + 1 };
    if (!listing->count(call, filter, &count))
        return false;

    if (count.looked <= LISTING_COUNT_MAX)
        total->exact = count.found;
    else
        total->at_least = count.found < LISTING_COUNT_MAX ? count.found : LISTING_COUNT_MAX;
    return true;
}

#include "http/filter.h"

#include <string.h>

#include "base/time.h"

#define LIMIT_STANDARD 50
#define LIMIT_MAX 200
#define FILTER_TEXT_MAX ((size_t)100)

bool filter_text(
    struct call *call, const struct request *request, const char *name, const char **text)
{
    const char *value = request_query(request, name);

    *text = value && *value ? value : NULL;
    if (*text && strlen(*text) > FILTER_TEXT_MAX)
        return fail_field(call, name, "must be at most %zu characters", FILTER_TEXT_MAX);
    return true;
}

bool filter_page(struct call *call, const struct request *request, struct page *page)
{
    return request_query_i64(call, request, "limit", 1, LIMIT_MAX, LIMIT_STANDARD, &page->limit)
        && filter_text(call, request, "cursor", &page->cursor);
}

bool filter_day(
    struct call *call, const struct request *request, const char *name, const char **day)
{
    int64_t ignored;

    if (!filter_text(call, request, name, day))
        return false;
    if (*day && !time_from_rfc3339(arena_format(&call->arena, "%sT00:00:00Z", *day), &ignored))
        return fail_field(call, name, "must be a day like 2026-11-21");
    return true;
}

bool filter_word(struct call *call, const struct request *request, const char *name,
    const struct word_set *words, const char **word)
{
    return filter_text(call, request, name, word)
        && (!*word || word_set_find(words, *word)
            || fail_field(call, name, "must be one of %s", word_set_choices(&call->arena, words)));
}

bool filter_flag(
    struct call *call, const struct request *request, const char *name, const char **flag)
{
    static const char *const flags[] = { NULL, "true", "false" };
    static const struct word_set flag_set = WORD_SET(flag, flags);

    return filter_word(call, request, name, &flag_set, flag);
}

const char *page_next_cursor(
    const struct page *page, struct list *rows, size_t row_size, size_t cursor_offset)
{
    if (rows->count <= (size_t)page->limit)
        return NULL;

    rows->count = (size_t)page->limit;
    return *(const char *const *)((const char *)rows->items + (rows->count - 1) * row_size
        + cursor_offset);
}

#include "search/search_http.h"

#include <string.h>

#include "bag/code.h"
#include "db/db.h"
#include "http/filter.h"
#include "search/search.sql.h"

/* Shorter texts are in nearly every code. */
#define WITHIN_MIN 3

struct found {
    const char *type, *code, *detail;
};

static const struct field fields[] = {
    FIELD(struct found, type),
    FIELD(struct found, code),
    FIELD(struct found, detail),
};

static const struct shape shape = SHAPE(struct found, fields);

static void search_append(struct list *all, const struct list *more, size_t limit)
{
    struct found *items = all->items;

    for (size_t i = 0; i < more->count && all->count < limit; i++)
        items[all->count++] = ((const struct found *)more->items)[i];
}

/* Exact hits first, then what begins with the text, then what has it within, while there is room.
 */
static bool search_find(struct call *call, const char *code, size_t limit, struct list *all)
{
    const char *end = arena_format(&call->arena, "%s\xef\xbf\xbf", code);
    const int64_t area_id = call->person.area_id;
    const bool bills = role_may((enum role)call->person.role, MAY_BILL);
    struct list more;

    if (!db_rows(
            call, SEARCH_EXACT(.code = code, .area_id = area_id, .bills = bills), &shape, &more))
        return false;
    search_append(all, &more, limit);

    if (!db_rows(call,
            SEARCH_PREFIX(.code = code, .code_end = end, .area_id = area_id,
                .limit = (int64_t)limit, .bills = bills),
            &shape, &more))
        return false;
    search_append(all, &more, limit);

    if (all->count >= limit || strlen(code) < WITHIN_MIN)
        return true;
    if (!db_rows(call,
            SEARCH_WITHIN(.code = code, .code_end = end, .area_id = area_id,
                .limit = (int64_t)limit, .bills = bills),
            &shape, &more))
        return false;
    search_append(all, &more, limit);
    return true;
}

bool get_search(struct call *call, const struct request *request, struct reply *reply)
{
    struct page page;
    const char *text;

    if (!filter_page(call, request, &page) || !filter_text(call, request, "q", &text))
        return false;

    struct list all = { NEW_ARRAY(&call->arena, struct found, (size_t)page.limit), 0 };
    const char *code = bag_code_clean(&call->arena, text ? text : "");

    return (!*code || search_find(call, code, (size_t)page.limit, &all))
        && reply_list(call, reply, &shape, &all, NULL);
}

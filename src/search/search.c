#include "search/search.h"

#include <string.h>

#include "auth/permission.h"
#include "bag/code.h"
#include "db/db.h"
#include "search/near_codes.h"
#include "search/search.sql.h"

/* Shorter texts are in nearly every code. */
#define WITHIN_MIN 3

/* More than that nobody reads through. */
#define NEAR_MOST 5

static const struct field search_hit_fields[] = {
    FIELD(struct search_hit, type),
    FIELD(struct search_hit, code),
    FIELD(struct search_hit, detail),
    FIELD(struct search_hit, id),
};

const struct shape search_hit_shape = SHAPE(struct search_hit, search_hit_fields);

/* A search on its way. */
struct search {
    const char *code, *code_end; /* what begins with the code is before code_end */
    int64_t area_id;
    int64_t limit;
    bool bills, people;
};

static void search_append(struct list *all, const struct list *more, size_t limit)
{
    struct search_hit *items = all->items;

    for (size_t i = 0; i < more->count && all->count < limit; i++)
        items[all->count++] = ((const struct search_hit *)more->items)[i];
}

/* Exact hits first, then what begins with the text, then what has it within, while there is room.
 */
static bool search_find_hits(struct call *call, const struct search *search, struct list *all)
{
    const size_t limit = (size_t)search->limit;
    struct list more;

    if (!db_rows(call,
            SEARCH_EXACT(.code = search->code, .area_id = search->area_id, .bills = search->bills,
                .people = search->people),
            &search_hit_shape, &more))
        return false;
    search_append(all, &more, limit);

    if (!db_rows(call,
            SEARCH_PREFIX(.code = search->code, .code_end = search->code_end,
                .area_id = search->area_id, .limit = search->limit, .bills = search->bills),
            &search_hit_shape, &more))
        return false;
    search_append(all, &more, limit);

    if (all->count >= limit || strlen(search->code) < WITHIN_MIN)
        return true;
    if (!db_rows(call,
            SEARCH_WITHIN(.code = search->code, .code_end = search->code_end,
                .area_id = search->area_id, .limit = search->limit, .bills = search->bills,
                .people = search->people),
            &search_hit_shape, &more))
        return false;
    search_append(all, &more, limit);
    return true;
}

static bool search_find_near(struct call *call, const struct search *search, struct list *near)
{
    const char *const *codes;
    const size_t count = near_codes(&call->arena, search->code, &codes);

    return !count
        || db_rows(call,
            SEARCH_NEAR(.codes = { codes, count }, .area_id = search->area_id, .limit = NEAR_MOST,
                .bills = search->bills),
            &search_hit_shape, near);
}

bool search_find(struct call *call, const char *text, size_t limit, struct search_result *result)
{
    const enum role role = (enum role)call->person.role;
    const char *code = bag_code_clean(&call->arena, text);
    const struct search search = { .code = code,
        .code_end = arena_format(&call->arena, "%s\xef\xbf\xbf", code),
        .area_id = call->person.area_id,
        .limit = (int64_t)limit,
        .bills = role_may(role, MAY_BILL),
        .people = role_may(role, MAY_ADMIN) };

    *result = (struct search_result){
        .hits.items = NEW_ARRAY(&call->arena, struct search_hit, limit),
    };
    return !*code
        || (search_find_hits(call, &search, &result->hits)
            && (result->hits.count || search_find_near(call, &search, &result->near)));
}

#include "list/list_http.h"

#include <assert.h>
#include <string.h>

#include "http/filter.h"
#include "list/listing_page.h"
#include "list/total_cache.h"

/* Rows that one page looks at, where no index tells which of them fit. */
#define LIST_WALK 500

static const char *list_value(const void *request, const struct listing_filter *filter)
{
    return filter->in_path ? request_path(request, filter->name)
                           : request_query(request, filter->name);
}

size_t list_params(const struct listing *listing, const char **names)
{
    size_t count = 0;

    names[count++] = "limit";
    names[count++] = "cursor";
    for (size_t i = 0; i < listing->filters_count; i++)
        if (!listing->filters[i].in_path)
            names[count++] = listing->filters[i].name;
    if (listing->picks)
        names[count++] = "fields";
    assert(count <= LIST_PARAMS_MAX);
    return count;
}

static bool list_knows(const void *of, const char *name)
{
    const char *names[LIST_PARAMS_MAX];
    size_t i = list_params(of, names);

    while (i > 0 && strcmp(names[i - 1], name) != 0)
        i--;
    return i > 0;
}

static bool list_pick(
    const struct listing *listing, const char *name, size_t length, struct field *field)
{
    for (size_t i = 0; i < listing->row->count; i++) {
        *field = listing->row->fields[i];
        if (!field->hidden && strlen(field->name) == length
            && strncmp(field->name, name, length) == 0)
            return true;
    }
    return false;
}

static size_t list_shown_count(const struct shape *row)
{
    size_t count = 0;

    for (size_t i = 0; i < row->count; i++)
        count += !row->fields[i].hidden;
    return count;
}

/* "qr,status": what is shown of each row; all of it when nothing is said. */
static bool list_read_fields(struct call *call, const struct listing *listing,
    const struct request *request, struct shape *shown)
{
    const size_t most = list_shown_count(listing->row);
    const char *names = listing->picks ? request_query(request, "fields") : NULL;

    *shown = *listing->row;
    if (!names || !*names)
        return true;

    struct field *picked = NEW_ARRAY(&call->arena, struct field, most);
    size_t count = 0;

    for (const char *at = names; *at; at += strcspn(at, ","), at += *at == ',')
        if (count == most || !list_pick(listing, at, strcspn(at, ","), &picked[count++]))
            return fail_field(call, "fields", NOT_FIELDS);

    shown->fields = picked;
    shown->count = count;
    return true;
}

void lists_check(void)
{
    for (int i = 0; i < routes_count; i++)
        if (routes[i].list)
            listing_check(routes[i].list);
}

struct list_answer {
    const struct listing *listing;
    struct shape shown;
    struct listing_page page;
    struct listing_total total;
};

/* One organisation's list with these filters, as people of one area see it. */
static const char *list_total_key(
    struct call *call, const struct listing *listing, const struct request *request)
{
    const char *key = arena_format(&call->arena, "%lld %lld %s", (long long)call->org_id,
        (long long)call->person.area_id, listing->name);

    for (size_t i = 0; i < listing->filters_count; i++) {
        const char *value = list_value(request, &listing->filters[i]);

        key = arena_format(&call->arena, "%s\n%s", key, value ? value : "");
    }
    return key;
}

static bool list_total(
    struct call *call, const struct request *request, void *filter, struct list_answer *answer)
{
    const char *key = list_total_key(call, answer->listing, request);

    if (total_cache_find(key, &answer->total.at_least))
        return true;
    if (!listing_total(call, answer->listing, filter, &answer->total))
        return false;
    if (answer->total.at_least != NO_I64)
        total_cache_keep(key, answer->total.at_least);
    return true;
}

/*
 * Of the first page alone. What fits on it has been counted, and where a walk ended before it was
 * full, counting would come no further.
 */
static bool list_count(struct call *call, const struct request *request, const char *cursor,
    void *filter, struct list_answer *answer)
{
    const int64_t rows = (int64_t)answer->page.rows.count;

    answer->total = (struct listing_total){ NO_I64, NO_I64 };
    if (cursor)
        return true;
    if (answer->page.next && !answer->page.partial)
        return list_total(call, request, filter, answer);

    *(answer->page.partial ? &answer->total.at_least : &answer->total.exact) = rows;
    return true;
}

static bool list_put(struct call *call, const struct list_answer *answer, struct json *json)
{
    const char *row = answer->page.rows.items;

    json_open(json, '{');
    json_key(json, "items");
    json_open(json, '[');
    for (size_t i = 0; i < answer->page.rows.count; i++)
        json_record(json, &answer->shown, row + i * answer->shown.size);
    json_close(json, ']');
    json_put_text(json, "next", answer->page.next);
    json_put_i64(json, "total", answer->total.exact);
    if (answer->total.at_least != NO_I64)
        json_put_i64(json, "total_at_least", answer->total.at_least);
    if (answer->page.partial)
        json_put_bool(json, "partial", true);
    if (answer->listing->add && !answer->listing->add(call, json))
        return false;
    json_close(json, '}');
    return true;
}

bool get_list(struct call *call, const struct request *request, struct reply *reply)
{
    const struct listing *listing = request_listing(request);
    const struct listing_source source = { list_value, request };
    struct list_answer answer = { .listing = listing };
    struct json json = json_new(&call->arena);
    struct page page;
    void *filter;

    return request_queries_known(call, request, list_knows, listing)
        && filter_page(call, request, &page)
        && list_read_fields(call, listing, request, &answer.shown)
        && listing_read_filter(call, listing, &source, &filter)
        && (!page.cursor || listing_continue(call, listing, page.cursor, filter))
        && listing_find(call, listing, filter, page.limit, LIST_WALK, &answer.page)
        && list_count(call, request, page.cursor, filter, &answer) && list_put(call, &answer, &json)
        && reply_json(reply, 200, &json);
}

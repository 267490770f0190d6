#include "search/search_http.h"

#include "http/filter.h"
#include "search/search.h"

static void search_put(struct json *json, const char *name, const struct list *hits)
{
    json_key(json, name);
    json_open(json, '[');
    for (size_t i = 0; i < hits->count; i++)
        json_record(json, &search_hit_shape, (const struct search_hit *)hits->items + i);
    json_close(json, ']');
}

bool get_search(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_new(&call->arena);
    struct search_result result;
    struct page page;
    const char *text;

    if (!filter_page(call, request, &page) || !filter_text(call, request, "q", &text)
        || !search_find(call, text ? text : "", (size_t)page.limit, &result))
        return false;

    json_open(&json, '{');
    search_put(&json, "items", &result.hits);
    search_put(&json, "near", &result.near);
    json_put_text(&json, "next", NULL);
    json_put_i64(&json, "total", NO_I64);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

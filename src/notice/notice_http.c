#include "notice/notice_http.h"

#include "http/filter.h"
#include "notice/notice.h"

/* A list with one figure more: the unread ones of all pages. */
static bool reply_notices(struct call *call, struct reply *reply, const struct list *notices,
    const char *next, int64_t unread)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_key(&json, "items");
    json_open(&json, '[');
    for (size_t i = 0; i < notices->count; i++)
        json_record(&json, &notice_shape, (const struct notice *)notices->items + i);
    json_close(&json, ']');
    json_put_text(&json, "next", next);
    json_put_text(&json, "total", NULL);
    json_put_i64(&json, "unread", unread);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

bool get_notices(struct call *call, const struct request *request, struct reply *reply)
{
    struct list notices;
    struct page page;
    int64_t unread;

    if (!filter_page(call, request, &page)
        || !notice_list(call, page.cursor, page.limit + 1, &notices)
        || !notice_count_unread(call, &unread))
        return false;

    const char *next =
        page_next_cursor(&page, &notices, sizeof(struct notice), offsetof(struct notice, cursor));

    return reply_notices(call, reply, &notices, next, unread);
}

bool post_notice_read(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t id;

    return request_path_id(call, request, &id) && notice_mark_read(call, id) && reply_empty(reply);
}

bool post_notices_read_all(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_new(&call->arena);
    int64_t count;

    (void)request;
    if (!notice_mark_all_read(call, &count))
        return false;

    json_open(&json, '{');
    json_put_i64(&json, "read", count);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

bool delete_notice(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t id;

    return request_path_id(call, request, &id) && notice_delete(call, id) && reply_empty(reply);
}

#include "notice/notice_http.h"

#include "notice/notice.h"

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

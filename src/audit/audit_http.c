#include "audit/audit_http.h"

#include "audit/verify.h"
#include "http/filter.h"

/* A call that takes longer is cut off by somebody on the way. */
#define CHECK_SECONDS 20

static void put_tampering(struct json *json, const struct audit_check *check)
{
    json_key(json, "wrong");
    if (!check->wrong) {
        json_raw(json, NULL);
        return;
    }
    json_open(json, '{');
    json_put_text(json, "what", check->wrong);
    json_put_i64(json, "seq", check->wrong_seq);
    json_put_i64(json, "id", check->wrong_id);
    json_key(json, "at");
    json_time(json, check->wrong_at);
    json_close(json, '}');
}

static bool reply_check(struct call *call, const struct audit_check *check, struct reply *reply)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_bool(&json, "ok", !check->wrong);
    json_put_i64(&json, "sealed", check->sealed);
    json_put_i64(&json, "retired", check->retired);
    json_put_i64(&json, "notes", check->notes);
    json_put_i64(&json, "waiting", check->waiting);
    json_put_i64(&json, "seq", check->seq);
    json_put_text(&json, "hash", check->hash);
    put_tampering(&json, check);
    json_put_text(&json, "next", check->next);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

bool get_audit_verify(struct call *call, const struct request *request, struct reply *reply)
{
    struct audit_check check;
    const char *from;

    return filter_text(call, request, "from", &from)
        && audit_verify(call, from, CHECK_SECONDS, &check) && reply_check(call, &check, reply);
}

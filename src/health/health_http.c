#include "health/health_http.h"

#include "db/db.h"
#include "health/health.sql.h"
#include "http/batch.h"

static bool reply_healthy(struct call *call, struct reply *reply)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "status", "healthy");
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

static bool health_answer(struct call *call, const struct batch *batch, struct reply *reply)
{
    (void)batch;
    return reply_healthy(call, reply);
}

const struct batch_route get_liveness = { NULL, NULL, health_answer, .each = false };

bool get_readiness(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return db_run(call, HEALTH_ANSWER(), NULL) && reply_healthy(call, reply);
}

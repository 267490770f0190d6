#include "health/health_http.h"

#include "db/slow.h"
#include "health/database_figures.h"
#include "health/level.h"
#include "server/server.h"

static void put_uses(struct json *json, const struct list *rows)
{
    const struct pool_use *uses = rows->items;

    json_key(json, "uses");
    json_open(json, '[');
    for (size_t i = 0; i < rows->count; i++)
        json_record(json, &pool_use_shape, &uses[i]);
    json_close(json, ']');
}

static struct pool_use all_uses(const struct list *rows)
{
    const struct pool_use *uses = rows->items;
    struct pool_use all = { .use = NULL };

    for (size_t i = 0; i < rows->count; i++) {
        all.sessions += uses[i].sessions;
        all.active += uses[i].active;
        all.idle_in_transaction += uses[i].idle_in_transaction;
        all.waiting += uses[i].waiting;
    }
    return all;
}

bool get_pool_health(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_new(&call->arena);
    struct database_figures figures;
    struct list rows;

    (void)request;
    if (!database_figures(call, &figures) || !pool_uses(call, &rows))
        return false;

    const struct pool_use all = all_uses(&rows);

    json_open(&json, '{');
    fullness_put(&json, fullness_of(all.sessions, figures.sessions_max));
    json_put_i64(&json, "sessions", all.sessions);
    json_put_i64(&json, "sessions_max", figures.sessions_max);
    json_put_i64(&json, "active", all.active);
    json_put_i64(&json, "idle_in_transaction", all.idle_in_transaction);
    json_put_i64(&json, "waiting", all.waiting);
    json_put_i64(&json, "requests_waiting", server_stats().waiting);
    put_uses(&json, &rows);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

bool get_slow_queries(struct call *call, const struct request *request, struct reply *reply)
{
    struct list rows;

    (void)request;
    slow_list(&call->arena, &rows);
    return reply_list(call, reply, &slow_statement_shape, &rows, NULL);
}

#include "server/access_log.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

#define SLOW_US 500000

/*
 * Refusals logged per second, by all threads: a flood of requests must not flood the log as well.
 */
#define REFUSALS_TOLD 50

static atomic_ullong requests[6];
static atomic_ullong busy_us;
static atomic_llong refusal_second;
static atomic_int refusals;

void access_log_reset(void)
{
    for (int i = 0; i < 6; i++)
        atomic_store(&requests[i], 0);
    atomic_store(&busy_us, 0);
}

void access_log_stats(struct server_stats *stats)
{
    for (int i = 0; i < 6; i++)
        stats->requests[i] = atomic_load(&requests[i]);
    stats->busy_us = atomic_load(&busy_us);
}

static enum log_level level_of(const struct exchange *exchange, int64_t took_us)
{
    const struct route *route = exchange->request.route;
    const int status = exchange->reply.status;

    if (status >= 500)
        return status == 503 ? LOG_WARNING : LOG_ERROR;
    /* A batch's verdict is an answer like any other. */
    if (status >= 400 && (exchange->outcome == OUTCOME_REFUSED || !(route && route->batch)))
        return LOG_INFO;
    if (took_us > SLOW_US && !(route && route->feed))
        return LOG_INFO;
    return exchange->request.method != GET && !(route && route->batch) ? LOG_INFO : LOG_DEBUG;
}

/* Refusals that a client can cause at will; our own failures are always logged. */
static bool may_flood(const struct exchange *exchange)
{
    const int status = exchange->reply.status;

    return (status >= 400 && status < 500) || status == 503;
}

/* Whether enough refusals were logged in this second. */
static bool is_flood(int64_t now_us)
{
    long long before = atomic_load(&refusal_second);
    const long long second = now_us / 1000000;

    if (before != second && atomic_compare_exchange_strong(&refusal_second, &before, second)) {
        const int count = atomic_exchange(&refusals, 0);

        if (count > REFUSALS_TOLD)
            log_line(LOG_WARNING, "refusals", "%d more were not told", count - REFUSALS_TOLD);
    }
    return atomic_fetch_add(&refusals, 1) >= REFUSALS_TOLD;
}

/* Words of the world in a line that must stay UTF-8. */
static const char *access_log_plain(struct call *call, const char *text)
{
    char *copy = arena_text(&call->arena, text);

    if (!text_is_utf8(copy, strlen(copy)))
        for (char *c = copy; *c; c++)
            if ((unsigned char)*c >= 0x80)
                *c = '?';
    return copy;
}

static void write_line(struct exchange *exchange, enum log_level level, int64_t took_us)
{
    struct call *call = &exchange->call;
    const struct request *request = &exchange->request;
    struct json line = log_begin(&call->arena, level, "request");

    json_put_text(&line, "request_id", call->request_id);
    json_put_text(&line, "method", access_log_plain(call, request->verb));
    json_put_text(&line, "path", access_log_plain(call, request->path));
    json_put_i64(&line, "status", exchange->reply.status);
    json_put_i64(&line, "us", took_us);
    json_put_text(&line, "address", call->address);
    if (call->person.id) {
        json_put_i64(&line, "org", call->org_id);
        json_put_i64(&line, "user", call->person.id);
    }
    if (call->fault.code) {
        json_put_text(&line, "fault", fault_slug(call->fault.code));
        json_put_text(&line, "detail", access_log_plain(call, call->fault.detail));
    }
    log_end(&line);
}

void access_log_write(struct exchange *exchange)
{
    const int64_t now_us = clock_us();
    const int64_t took_us = now_us - exchange->began_us;
    const int kind = exchange->reply.status / 100;
    const enum log_level level = level_of(exchange, took_us);

    atomic_fetch_add_explicit(&requests[kind < 6 ? kind : 0], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&busy_us, (unsigned long long)took_us, memory_order_relaxed);
    if (log_is_on(level) && !(may_flood(exchange) && is_flood(now_us)))
        write_line(exchange, level, took_us);
}

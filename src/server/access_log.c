#include "server/access_log.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "metric/last_hour.h"
#include "metric/metric.h"

#define SLOW_US 500000

/*
 * Refusals logged per second, by all threads: a flood of requests must not flood the log as well.
 */
#define REFUSALS_TOLD 50

/* The values of the label `route`: these two, and the rows of the route table behind them. */
enum { ROUTE_NONE, ROUTE_FILE, ROUTE_FIRST };

static atomic_llong refusal_second;
static atomic_int refusals;

static void name_route(const struct route *route)
{
    char name[100];

    snprintf(name, sizeof name, "%s %s", method_name(route->method), route->path);
    metric_name(LABEL_ROUTE, ROUTE_FIRST + (unsigned)(route - routes), name);
}

void access_log_start(void)
{
    static const char *const classes[] = { "none", "1xx", "2xx", "3xx", "4xx", "5xx" };

    metric_name(LABEL_ROUTE, ROUTE_NONE, "none");
    metric_name(LABEL_ROUTE, ROUTE_FILE, "file");
    for (int i = 0; i < routes_count; i++)
        name_route(&routes[i]);
    for (unsigned i = 0; i < COUNT_OF(classes); i++)
        metric_name(LABEL_STATUS, i, classes[i]);
    for (enum fault_code code = FAULT_NONE + 1; code < FAULT_COUNT; code++)
        metric_name(LABEL_FAULT, code, fault_slug(code));
}

static unsigned route_value(const struct exchange *exchange)
{
    const struct route *route = exchange->request.route;

    if (route)
        return ROUTE_FIRST + (unsigned)(route - routes);
    return exchange->asset ? ROUTE_FILE : ROUTE_NONE;
}

static void count_answer(const struct exchange *exchange, int64_t now_us)
{
    const unsigned route = route_value(exchange);
    const unsigned status = (unsigned)exchange->reply.status / 100;

    metric_add(
        metric_at(METRIC_REQUESTS, route, status < LABEL_STATUS_MAX ? status : 0, LABEL_STATUS_MAX),
        1);
    metric_observe_us(
        METRIC_REQUEST_SECONDS + route * METRIC_HISTOGRAM_WIDTH, now_us - exchange->began_us);
    if (status >= 5)
        last_hour_note(now_us);
    if (exchange->call.fault.code)
        metric_add(METRIC_FAILURES + exchange->call.fault.code, 1);
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
    const enum log_level level = level_of(exchange, took_us);

    count_answer(exchange, now_us);
    if (log_is_on(level) && !(may_flood(exchange) && is_flood(now_us)))
        write_line(exchange, level, took_us);
}

/*
 * The server, over real sockets: the way of a request, from every kind of route to its answer.
 */
#include "http/server.h"

#include <stdio.h>
#include <string.h>

#include "http/client.h"
#include "http/feed.h"
#include "http/site.h"
#include "test.h"

#define JSON_TYPE "Content-Type: application/json\r\n"
#define ADA "Cookie: x=1; tracetrack_session=ada\r\nX-CSRFToken: " SITE_CSRF "\r\n"

static struct answer answer;

static int start(void **state)
{
    const struct server_settings settings = site_settings();

    (void)state;
    site_start(&settings);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    site_stop(2);
    return 0;
}

static void health_needs_nobody(void **state)
{
    (void)state;
    ask("GET /health HTTP/1.1\r\nHost: x\r\n\r\n", &answer);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body, "{\"status\":\"healthy\"}");
}

static void a_call_runs_on_a_worker(void **state)
{
    (void)state;
    ask("GET /api/echo/a%20b?q=%C3%A4+1 HTTP/1.1\r\nHost: x\r\n\r\n", &answer);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body, "{\"a b\":\"\xc3\xa4 1\"}");
    assert_string_equal(header_of(&answer, "Cache-Control"), "no-store");
    assert_string_equal(header_of(&answer, "X-Content-Type-Options"), "nosniff");
    assert_non_null(header_of(&answer, "Server-Timing"));
    assert_int_equal(strlen(header_of(&answer, "X-Request-ID")), 32);
}

static void scan(const char *name)
{
    char request[500];

    snprintf(request, sizeof request,
        "POST /api/scans HTTP/1.1\r\nHost: x\r\n" ADA JSON_TYPE
        "Content-Length: %zu\r\n\r\n{\"name\":\"%s\"}",
        strlen(name) + 11, name);
    ask(request, &answer);
}

static void a_lane_route_waits_for_its_ticket(void **state)
{
    (void)state;
    scan("slow");
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body, "{\"linked\":\"slow\"}");
}

static void a_ticket_may_be_done_before_the_connection_rests(void **state)
{
    (void)state;
    scan("now");
    assert_int_equal(answer.status, 200);
    scan("refused");
    assert_int_equal(answer.status, 409);
    assert_non_null(strstr(answer.body, "\"detail\":\"Not this one.\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(health_needs_nobody),
        cmocka_unit_test(a_call_runs_on_a_worker),
        cmocka_unit_test(a_lane_route_waits_for_its_ticket),
        cmocka_unit_test(a_ticket_may_be_done_before_the_connection_rests),
    };

    return cmocka_run_group_tests(tests, start, stop);
}

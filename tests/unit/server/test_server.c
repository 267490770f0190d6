/*
 * The server, over real sockets: the way of a request, from every kind of route to its answer.
 */
#include "server/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "http/feed.h"
#include "test.h"
#include "unit/server/client.h"
#include "unit/server/site.h"

#define JSON_TYPE "Content-Type: application/json\r\n"
#define ADA "Cookie: x=1; tracetrack_session=ada\r\nX-CSRFToken: " SITE_CSRF "\r\n"

static struct answer answer;
static struct client client;

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

static void a_batch_route_waits_for_its_lane(void **state)
{
    (void)state;
    scan("slow");
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body, "{\"linked\":\"slow\"}");
    scan("refused");
    assert_int_equal(answer.status, 409);
    assert_non_null(strstr(answer.body, "\"detail\":\"refused is empty.\""));
}

static void who_finds_the_lanes_full_is_told_when_to_come_again(void **state)
{
    (void)state;
    ask("POST /api/full HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", &answer);
    assert_int_equal(answer.status, 503);
    assert_string_equal(header_of(&answer, "Retry-After"), "7");
}

static void records_may_all_be_done_before_the_connection_rests_and_each_has_its_fault(void **state)
{
    (void)state;
    ask("POST /api/crowd HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", &answer);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body, "{\"full\":\"101\"}");
}

#define GET_HEALTH "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"

static void a_connection_serves_many_requests(void **state)
{
    (void)state;
    client_open(&client);
    for (int i = 0; i < 20; i++) {
        client_say(&client, i % 2 ? GET_HEALTH : "GET /api/echo/a HTTP/1.1\r\nHost: x\r\n\r\n");
        client_hear(&client, &answer, false);
        assert_int_equal(answer.status, 200);
        assert_null(header_of(&answer, "Connection"));
    }
    client_close(&client);
}

/* A refusal is no reason to lose the connection, if its body is small. */
static void a_refused_request_leaves_the_connection_open(void **state)
{
    static const char *const refused[] = {
        "POST /api/scans HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
        "DELETE /api/things/1 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/nothing HTTP/1.1\r\nHost: x\r\n\r\n",
        "PATCH /health HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
    };
    static const int statuses[] = { 401, 401, 404, 405 };

    (void)state;
    client_open(&client);
    for (int i = 0; i < 4; i++) {
        client_say(&client, refused[i]);
        client_hear(&client, &answer, false);
        assert_int_equal(answer.status, statuses[i]);
        assert_string_equal(header_of(&answer, "Content-Type"), "application/problem+json");
    }
    client_say(&client, GET_HEALTH);
    client_hear(&client, &answer, false);
    assert_int_equal(answer.status, 200);
    client_close(&client);
}

static void pipelined_requests_are_answered_in_order(void **state)
{
    (void)state;
    client_open(&client);
    client_say(&client,
        "GET /api/slow HTTP/1.1\r\nHost: x\r\n\r\n" GET_HEALTH
        "POST /api/open HTTP/1.1\r\nHost: x\r\n" JSON_TYPE
        "Content-Length: 12\r\n\r\n{\"name\":\"a\"}"
        "GET /api/echo/last HTTP/1.1\r\nHost: x\r\n\r\n");
    client_hear(&client, &answer, false);
    assert_string_equal(answer.body, "{\"slept\":\"well\"}");
    client_hear(&client, &answer, false);
    assert_string_equal(answer.body, "{\"status\":\"healthy\"}");
    client_hear(&client, &answer, false);
    assert_string_equal(answer.body, "{\"linked\":\"a\"}");
    client_hear(&client, &answer, false);
    assert_string_equal(answer.body, "{\"last\":\"\"}");
    client_close(&client);
}

static void head_is_get_without_the_body(void **state)
{
    (void)state;
    client_open(&client);
    client_say(&client, "HEAD /api/echo/a HTTP/1.1\r\nHost: x\r\n\r\n");
    client_hear(&client, &answer, true);
    assert_int_equal(answer.status, 200);
    assert_string_equal(header_of(&answer, "Content-Length"), "8");

    client_say(&client, "HEAD /api/nothing HTTP/1.1\r\nHost: x\r\n\r\n" GET_HEALTH);
    client_hear(&client, &answer, true);
    assert_int_equal(answer.status, 404);
    client_hear(&client, &answer, false);
    assert_int_equal(answer.status, 200);
    client_close(&client);
}

static void methods_that_would_do_are_told(void **state)
{
    (void)state;
    ask("PUT /api/things/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}", &answer);
    assert_int_equal(answer.status, 405);
    assert_string_equal(header_of(&answer, "Allow"), "PATCH, DELETE, OPTIONS");

    ask("BREW /health HTTP/1.1\r\nHost: x\r\n\r\n", &answer);
    assert_int_equal(answer.status, 405);
    assert_string_equal(header_of(&answer, "Allow"), "GET, HEAD, OPTIONS");

    ask("OPTIONS /api/things HTTP/1.1\r\nHost: x\r\n\r\n", &answer);
    assert_int_equal(answer.status, 204);
    assert_string_equal(header_of(&answer, "Allow"), "POST, OPTIONS");
    assert_null(header_of(&answer, "Access-Control-Allow-Origin"));
}

static void http_1_0_is_spoken(void **state)
{
    (void)state;
    client_open(&client);
    client_say(&client, "GET /api/echo/a HTTP/1.0\r\n\r\n");
    client_hear(&client, &answer, false);
    assert_int_equal(answer.status, 200);
    assert_true(client_is_left(&client, 20000));
    client_close(&client);
}

static void a_client_may_ask_before_it_sends_its_body(void **state)
{
    (void)state;
    client_open(&client);
    client_say(&client,
        "POST /api/things HTTP/1.1\r\nHost: x\r\n" JSON_TYPE
        "Expect: 100-continue\r\nContent-Length: 12\r\n\r\n");
    assert_true(client_hears(&client, "HTTP/1.1 100 Continue\r\n\r\n"));
    client_say(&client, "{\"name\":\"a\"}");
    client_hear(&client, &answer, false);
    assert_int_equal(answer.status, 201);
    client_close(&client);
}

static void a_chunked_body_is_put_together(void **state)
{
    (void)state;
    ask("POST /api/things HTTP/1.1\r\nHost: x\r\n" JSON_TYPE
        "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"nam\r\n7\r\ne\":\"a\"}\r\n0\r\n\r\n",
        &answer);
    assert_int_equal(answer.status, 201);
    assert_string_equal(answer.body, "{\"name\":\"a\",\"size\":null}");
}

static void a_large_body_comes_in_whole(void **state)
{
    char *request = calloc(1, 210000);
    const int head = snprintf(request, 300,
        "POST /api/things HTTP/1.1\r\nHost: x\r\n" JSON_TYPE "Content-Length: 150011\r\n\r\n"
        "{\"name\":\"");

    (void)state;
    memset(request + head, 'n', 150000);
    strcpy(request + head + 150000, "\"}");
    ask(request, &answer);
    assert_int_equal(answer.status, 201);
    assert_int_equal(answer.length, 150000 + strlen("{\"name\":\"\",\"size\":null}"));
    free(request);
}

static void an_upload_goes_to_a_file(void **state)
{
    char *piece = calloc(1, 1048577);

    (void)state;
    memset(piece, 'u', 1048576);
    client_open(&client);
    client_say(&client, "POST /api/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 3145728\r\n\r\n");
    for (int i = 0; i < 3; i++)
        client_say(&client, piece);
    client_hear(&client, &answer, false);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body, "{\"bytes\":\"3145728\"}");
    client_say(&client, "POST /api/uploads HTTP/1.1\r\nHost: x\r\n\r\n");
    client_hear(&client, &answer, false);
    assert_int_equal(answer.status, 400);
    client_close(&client);
    free(piece);
}

static int status_with(const char *line, const char *headers)
{
    char request[1000];

    snprintf(request, sizeof request, "%s HTTP/1.1\r\nHost: x\r\n%s\r\n", line, headers);
    ask(request, &answer);
    return answer.status;
}

static void who_may_is_the_routes_word(void **state)
{
    (void)state;
    assert_int_equal(status_with("GET /api/users", ""), 401);
    assert_int_equal(status_with("GET /api/users", "Cookie: tracetrack_session=forged\r\n"), 401);
    assert_int_equal(status_with("GET /api/users", ADA), 403);
    assert_int_equal(status_with("GET /api/users", "Cookie: tracetrack_session=root\r\n"), 204);
    assert_int_equal(status_with("DELETE /api/things/1", ADA), 204);
}

static void unsafe_calls_need_the_sessions_token(void **state)
{
    static const char line[] = "DELETE /api/things/1";

    (void)state;
    assert_int_equal(status_with(line, "Cookie: tracetrack_session=ada\r\n"), 403);
    assert_non_null(strstr(answer.body, "/problems/csrf"));
    assert_int_equal(
        status_with(line, "Cookie: tracetrack_session=ada\r\nX-CSRFToken: 0123\r\n"), 403);
    assert_int_equal(status_with(line, ADA "Sec-Fetch-Site: cross-site\r\n"), 403);
    assert_int_equal(status_with(line, ADA "Sec-Fetch-Site: same-origin\r\n"), 204);
    assert_int_equal(status_with("POST /api/session", "Sec-Fetch-Site: cross-site\r\n"), 403);
    assert_int_equal(status_with("POST /api/session", ""), 204);
    assert_string_equal(
        header_of(&answer, "Set-Cookie"), "tracetrack_session=ada; Path=/; HttpOnly; SameSite=Lax");
}

static void a_session_may_have_to_be_asked_for(void **state)
{
    static const char post[] =
        "POST /api/scans HTTP/1.1\r\nHost: x\r\n"
        "Cookie: tracetrack_session=%s\r\nX-CSRFToken: " SITE_CSRF "\r\n" JSON_TYPE
        "Content-Length: 12\r\n\r\n{\"name\":\"a\"}" GET_HEALTH;
    static const char *const cookies[] = { "ask", "ask-gone", "ask-down" };
    static const int statuses[] = { 200, 401, 503 };

    (void)state;
    for (int i = 0; i < 3; i++) {
        char request[1000];

        snprintf(request, sizeof request, post, cookies[i]);
        client_open(&client);
        client_say(&client, request);
        client_hear(&client, &answer, false);
        assert_int_equal(answer.status, statuses[i]);
        client_hear(&client, &answer, false);
        assert_int_equal(answer.status, 200);
        client_close(&client);
    }
    assert_int_equal(status_with("GET /api/users", "Cookie: tracetrack_session=ask\r\n"), 403);
}

static void a_lost_race_is_run_again(void **state)
{
    (void)state;
    assert_int_equal(status_with("GET /api/again", ""), 200);
    assert_int_equal(site_runs(), 3);
    assert_string_equal(header_of(&answer, "X-Try"), "yes");
}

static void details_of_a_failure_are_for_the_log(void **state)
{
    (void)state;
    assert_int_equal(status_with("GET /api/broken", "X-Request-ID: abc-1.2_3\r\n"), 500);
    assert_string_equal(header_of(&answer, "X-Request-ID"), "abc-1.2_3");
    assert_non_null(strstr(answer.body, "\"request_id\":\"abc-1.2_3\""));
    assert_null(strstr(answer.body, "secret"));
    assert_int_equal(status_with("GET /api/broken", "X-Request-ID: a b\r\n"), 500);
    assert_int_equal(strlen(header_of(&answer, "X-Request-ID")), 32);
}

static void answers_are_tagged_and_packed(void **state)
{
    char headers[100];

    (void)state;
    assert_int_equal(status_with("GET /api/big", "Accept-Encoding: gzip;q=0\r\n"), 200);
    assert_null(header_of(&answer, "Content-Encoding"));
    assert_int_equal(answer.length, 100008);

    assert_int_equal(status_with("GET /api/big", "Accept-Encoding: br, gzip\r\n"), 200);
    assert_string_equal(header_of(&answer, "Content-Encoding"), "gzip");
    assert_string_equal(header_of(&answer, "Vary"), "Accept-Encoding");
    assert_in_range(answer.length, 50, 2000);

    snprintf(headers, sizeof headers, "If-None-Match: %s\r\n", header_of(&answer, "ETag"));
    client_open(&client);
    client_say(&client, "GET /api/big HTTP/1.1\r\nHost: x\r\n");
    client_say(&client, headers);
    client_say(&client, "\r\n" GET_HEALTH);
    client_hear(&client, &answer, true);
    assert_int_equal(answer.status, 304);
    client_hear(&client, &answer, false);
    assert_int_equal(answer.status, 200);
    client_close(&client);
}

static void a_file_can_be_an_answer(void **state)
{
    (void)state;
    assert_int_equal(status_with("GET /api/file", ""), 200);
    assert_string_equal(answer.body, "a,b\n1,2\n");
    assert_int_equal(status_with("GET /api/file", ""), 200);
}

static void the_app_is_served(void **state)
{
    (void)state;
    assert_int_equal(status_with("GET /assets/app-1.js", ""), 200);
    assert_string_equal(answer.body, "go()");
    assert_string_equal(header_of(&answer, "Cache-Control"), "public, max-age=31536000, immutable");
    assert_int_equal(status_with("GET /assets/app-1.js", "Accept-Encoding: gzip\r\n"), 200);
    assert_string_equal(answer.body, "zip");
    assert_string_equal(header_of(&answer, "ETag"), "\"aaaa-gzip\"");

    assert_int_equal(status_with("GET /", ""), 200);
    assert_string_equal(header_of(&answer, "Cache-Control"), "no-cache");
    assert_non_null(strstr(header_of(&answer, "Content-Security-Policy"), "default-src 'none'"));
    assert_int_equal(status_with("GET /scan/SB00001", "Accept: text/html\r\n"), 200);
    assert_int_equal(status_with("GET /scan/SB00001", "Accept: */*\r\n"), 404);
    assert_int_equal(status_with("GET /lost.js", "Accept: text/html\r\n"), 404);
    assert_int_equal(status_with("GET /api/lost", "Accept: text/html\r\n"), 404);
    assert_int_equal(status_with("POST /", "Accept: text/html\r\n"), 405);
}

static void open_stream(struct client *listener, const char *cookie)
{
    char request[300];

    snprintf(request, sizeof request,
        "GET /api/stream HTTP/1.1\r\nHost: x\r\nCookie: tracetrack_session=%s\r\n\r\n", cookie);
    client_open(listener);
    client_say(listener, request);
}

static void a_feed_tells_the_latest_and_what_comes(void **state)
{
    static struct client second;

    (void)state;
    assert_int_equal(status_with("GET /api/stream", ""), 401);
    feed_publish("news", 1, "figures", "{\"n\":1}");
    feed_publish("news", 2, "figures", "{\"n\":\"another organisation's\"}");

    open_stream(&client, "ada");
    assert_true(client_hears(&client, "Content-Type: text/event-stream\r\n"));
    assert_true(client_hears(&client, "event: figures\ndata: {\"n\":1}\n\n"));
    open_stream(&second, "root");
    assert_true(client_hears(&second, "data: {\"n\":1}\n\n"));
    assert_int_equal(feed_listeners("news", 1), 2);

    for (int i = 2; i < 20; i++) {
        char data[20];

        snprintf(data, sizeof data, "{\"n\":%d}", i);
        feed_publish("news", 1, "figures", data);
        assert_true(client_hears(&client, data));
        assert_true(client_hears(&second, data));
    }
    client_close(&client);
    client_close(&second);
}

/* Longer than any buffer on the way, and newer news come while it is sent. */
static void a_long_message_is_sent_whole(void **state)
{
    char *data = calloc(1, 50001);

    (void)state;
    memset(data, 'd', 50000);
    open_stream(&client, "ada");
    assert_true(client_hears(&client, "\r\n\r\n"));
    feed_publish("news", 1, "long", data);
    feed_publish("news", 1, "short", "end of it");
    assert_true(client_hears(&client, "data: end of it\n\n"));
    client_close(&client);
    free(data);
}

/* "ask" is looked up by a worker each time, "ask-gone" never was. */
static void a_feed_ends_with_its_session(void **state)
{
    static struct client asked;

    (void)state;
    open_stream(&client, "late");
    open_stream(&asked, "ask");
    assert_true(client_hears(&client, "\r\n\r\n"));
    assert_true(client_hears(&asked, "\r\n\r\n"));
    for (int i = 0; i < 2; i++) {
        assert_true(client_hears(&client, ":\n\n"));
        assert_true(client_hears(&asked, ":\n\n"));
    }
    site_sign_out();
    assert_true(client_hears(&client, "0\r\n\r\n"));
    assert_true(client_hears(&asked, ":\n\n"));
    client_close(&client);
    client_close(&asked);
}

/* "ask" is asked about by a worker; nothing is lost meanwhile, and nothing told twice. */
static void a_feed_whose_session_is_in_doubt_goes_on_when_it_is_good(void **state)
{
    static const struct session_scope doubts[] = { { 0, 0, 0 }, { 1, 0, 0 }, { 1, 7, 0 },
        { 1, 7, 9 }, { 1, 7, 8 }, { 1, 6, 0 }, { 2, 7, 9 } };
    static struct client asked;

    (void)state;
    open_stream(&client, "ada");
    open_stream(&asked, "ask");
    assert_true(client_hears(&client, "\r\n\r\n"));
    assert_true(client_hears(&asked, "\r\n\r\n"));
    for (size_t i = 0; i < COUNT_OF(doubts); i++) {
        char data[40];

        snprintf(data, sizeof data, "{\"doubt\":%zu}", i);
        feed_invalidate_sessions(&doubts[i]);
        feed_publish("news", 1, "figures", data);
        assert_true(client_hears(&client, data));
        assert_true(client_hears(&asked, data));
    }
    client_close(&client);
    client_close(&asked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(health_needs_nobody),
        cmocka_unit_test(a_call_runs_on_a_worker),
        cmocka_unit_test(a_batch_route_waits_for_its_lane),
        cmocka_unit_test(who_finds_the_lanes_full_is_told_when_to_come_again),
        cmocka_unit_test(
            records_may_all_be_done_before_the_connection_rests_and_each_has_its_fault),
        cmocka_unit_test(a_connection_serves_many_requests),
        cmocka_unit_test(a_refused_request_leaves_the_connection_open),
        cmocka_unit_test(pipelined_requests_are_answered_in_order),
        cmocka_unit_test(head_is_get_without_the_body),
        cmocka_unit_test(methods_that_would_do_are_told),
        cmocka_unit_test(http_1_0_is_spoken),
        cmocka_unit_test(a_client_may_ask_before_it_sends_its_body),
        cmocka_unit_test(a_chunked_body_is_put_together),
        cmocka_unit_test(a_large_body_comes_in_whole),
        cmocka_unit_test(an_upload_goes_to_a_file),
        cmocka_unit_test(who_may_is_the_routes_word),
        cmocka_unit_test(unsafe_calls_need_the_sessions_token),
        cmocka_unit_test(a_session_may_have_to_be_asked_for),
        cmocka_unit_test(a_lost_race_is_run_again),
        cmocka_unit_test(details_of_a_failure_are_for_the_log),
        cmocka_unit_test(answers_are_tagged_and_packed),
        cmocka_unit_test(a_file_can_be_an_answer),
        cmocka_unit_test(the_app_is_served),
        cmocka_unit_test(a_feed_tells_the_latest_and_what_comes),
        cmocka_unit_test(a_long_message_is_sent_whole),
        cmocka_unit_test(a_feed_whose_session_is_in_doubt_goes_on_when_it_is_good),
        cmocka_unit_test(a_feed_ends_with_its_session),
    };

    return cmocka_run_group_tests(tests, start, stop);
}

/*
 * The server against clients that lie, drip, flood or fall silent. What must hold: the right
 * refusal where one can still be said, an end of the connection in time, and never a second request
 * made out of the body of the first.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/text.h"
#include "server/server.h"
#include "test.h"
#include "unit/server/client.h"
#include "unit/server/site.h"

#define POST_THING "POST /api/things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"

/* What a smuggler wants to be taken for a request. */
#define SMUGGLED "GET /api/echo/smuggled HTTP/1.1\r\nHost: x\r\n\r\n"

/* Less than what libmicrohttpd itself would bear. */
#define PATIENCE_MS 20000

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

/* Refused with 400, then hung up on, with no other request answered in between. */
static void check_refused(const char *request)
{
    client_open(&client);
    client_say(&client, request);
    client_hear(&client, &answer, false);
    if (answer.status != 400)
        print_error("%.200s -> %d\n", request, answer.status);
    assert_int_equal(answer.status, 400);

    assert_true(client_is_left(&client, PATIENCE_MS));

    assert_null(strstr(client.bytes, "HTTP/1.1 "));
    assert_null(strstr(client.bytes, "smuggled"));
    client_close(&client);
}

static void two_lengths_are_refused(void **state)
{
    (void)state;
    check_refused(POST_THING "Content-Length: 5\r\nContent-Length: 50\r\n\r\nhello" SMUGGLED);
    check_refused(POST_THING "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello" SMUGGLED);
    check_refused(POST_THING "Content-Length: 5\r\ncontent-length: 0\r\n\r\nhello" SMUGGLED);
    check_refused("GET /api/echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
                  "Content-Length: 6\r\n\r\nhello" SMUGGLED);
    check_refused("GET /api/echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n"
                  "Content-Length: 6\r\n\r\nhello" SMUGGLED);
    check_refused("PATCH /api/things/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n"
                  "Content-Length: 46\r\n\r\n" SMUGGLED);
}

static void a_length_beside_a_coding_is_refused(void **state)
{
    (void)state;
    check_refused(
        POST_THING "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED);
    check_refused(
        POST_THING "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" SMUGGLED);
    check_refused("DELETE /api/things/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
                  "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED);
}

static void codings_other_than_chunked_are_refused(void **state)
{
    (void)state;
    check_refused(POST_THING "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" SMUGGLED);
    check_refused(POST_THING "Transfer-Encoding: identity\r\n\r\n" SMUGGLED);
    check_refused(POST_THING "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" SMUGGLED);
    check_refused(POST_THING "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n" SMUGGLED);
    check_refused(POST_THING "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n");
    check_refused("POST /api/things HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
}

static void blanks_in_header_names_are_refused(void **state)
{
    (void)state;
    check_refused(POST_THING "Content-Length : 5\r\n\r\nhello" SMUGGLED);
    check_refused(POST_THING "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n");
    check_refused("GET /health HTTP/1.1\r\nHost: x\r\nX Y: 1\r\n\r\n");
    check_refused("GET /health HTTP/1.1\r\nHost: x\r\nX\tY: 1\r\n\r\n");
}

static void malformed_lengths_are_refused(void **state)
{
    (void)state;
    check_refused(POST_THING "Content-Length: +5\r\n\r\nhello");
    check_refused(POST_THING "Content-Length: 5x\r\n\r\nhello");
    check_refused(POST_THING "Content-Length: -1\r\n\r\n");
    check_refused(POST_THING "Content-Length: 5, 5\r\n\r\nhello");
    check_refused("GET /health HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n");
}

static void malformed_paths_are_refused(void **state)
{
    static const char *const paths[] = { "/api/echo/%00", "/api/echo/%ff", "/api/echo/a?q=%00",
        "/api/echo/a?q=%c0%80", "/api/echo/a?%ed%a0%80=1", "/api/echo/%zz", "/api/echo/%4",
        "/api/echo/a?q=%", "/api/echo/\xff", "/%00.js", "api/echo/a" };

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        char request[200];

        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", paths[i]);
        ask(request, &answer);
        if (answer.status != 400)
            print_error("%s -> %d\n", paths[i], answer.status);
        assert_int_equal(answer.status, 400);
    }
}

static void a_body_beyond_the_limit_is_refused_before_it_is_read(void **state)
{
    static const char *const heads[] = {
        POST_THING "Content-Length: 262145\r\n\r\n",
        POST_THING "Content-Length: 99999999999\r\n\r\n",
        POST_THING "Expect: 100-continue\r\nContent-Length: 262145\r\n\r\n",
        "PATCH /api/things/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        client_open(&client);
        client_say(&client, heads[i]);
        client_hear(&client, &answer, false);
        assert_int_equal(answer.status, 413);
        assert_non_null(strstr(answer.body, "/problems/too_large"));
        assert_string_equal(header_of(&answer, "Connection"), "close");
        assert_true(client_is_left(&client, PATIENCE_MS));
        client_close(&client);
    }
}

/* The refusal must arrive although the client goes on sending. */
static void a_chunked_body_is_counted(void **state)
{
    char *piece = calloc(1, 66000);
    const int used = snprintf(piece, 20, "10000\r\n");

    (void)state;
    memset(piece + used, 'x', 65536);
    strcpy(piece + used + 65536, "\r\n");

    client_open(&client);
    client_say(&client, POST_THING "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 40; i++)
        client_say(&client, piece);
    client_hear(&client, &answer, false);
    assert_int_equal(answer.status, 413);
    assert_true(client_is_left(&client, PATIENCE_MS));
    client_close(&client);
    free(piece);
}

/* A request of any size: `start`, `piece` `count` times, `end`. The caller frees it. */
static char *build(const char *start, const char *piece, size_t count, const char *end)
{
    const size_t each = strlen(piece);
    char *request = calloc(1, strlen(start) + each * count + strlen(end) + 1);
    char *to = stpcpy(request, start);

    for (size_t i = 0; i < count; i++)
        to = stpcpy(to, piece);
    strcpy(to, end);
    return request;
}

/* Refused in words of ours, with all that our answers carry, or (NULL) in the library's. */
static void check_words(int status, const char *problem)
{
    assert_int_equal(answer.status, status);
    if (!problem) {
        assert_null(header_of(&answer, "X-Request-ID"));
        return;
    }
    assert_string_equal(header_of(&answer, "Content-Type"), "application/problem+json");
    assert_non_null(header_of(&answer, "Content-Security-Policy"));
    assert_non_null(header_of(&answer, "X-Request-ID"));
    assert_non_null(strstr(answer.body, problem));
}

#define ADDRESS "GET /api/echo/a?"
#define HEADERS "GET /api/echo/a HTTP/1.1\r\nHost: x\r\n"
#define COOKIES HEADERS "Cookie: a=1"
#define THE_REST " HTTP/1.1\r\nHost: x\r\n\r\n"

/*
 * libmicrohttpd reads address and headers into 16 KB. What fits is refused by us; of what doesn't
 * we are never told, but it gets an answer all the same.
 */
static void a_request_of_any_size_is_answered(void **state)
{
    static const struct {
        const char *start, *piece;
        size_t count;
        const char *end;
        int status;
        const char *problem;
    } sizes[] = {
        { ADDRESS, "a=1&", 64, THE_REST, 200, NULL },
        { ADDRESS, "a=1&", 65, THE_REST, 400, "/problems/bad_input" },
        { ADDRESS, "a=1&", 300, THE_REST, 400, "/problems/bad_input" },
        { ADDRESS, "a&", 4000, THE_REST, 400, "/problems/bad_input" },
        { ADDRESS, "&", 5000, THE_REST, 200, NULL },
        { ADDRESS, "a&", 5000, THE_REST, 414, "/problems/long_address" },
        { ADDRESS, "a=1&", 5000, THE_REST, 414, NULL },
        { ADDRESS, "x", 8100, THE_REST, 200, NULL },
        { ADDRESS, "x", 8192, THE_REST, 414, "/problems/long_address" },
        { ADDRESS, "x", 15 * 1024, THE_REST, 414, "/problems/long_address" },
        { ADDRESS, "x", 16 * 1024, THE_REST, 414, NULL },
        { ADDRESS, "x", 64 * 1024, THE_REST, 414, NULL },
        { HEADERS, "X: y\r\n", 100, "\r\n", 200, NULL },
        { HEADERS, "X: y\r\n", 200, "\r\n", 431, "/problems/long_headers" },
        { HEADERS, "X: y\r\n", 5000, "\r\n", 431, NULL },
        { HEADERS "X: ", "y", 11 * 1024, "\r\n\r\n", 200, NULL },
        { HEADERS "X: ", "y", 15 * 1024, "\r\n\r\n", 431, "/problems/long_headers" },
        { HEADERS "X: ", "y", 32 * 1024, "\r\n\r\n", 431, NULL },
        { COOKIES, "; a=1", 100, "\r\n\r\n", 200, NULL },
        { COOKIES, "; a=1", 170, "\r\n\r\n", 431, "/problems/long_headers" },
        { COOKIES, "; a=1", 1000, "\r\n\r\n", 431, NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        char *request = build(sizes[i].start, sizes[i].piece, sizes[i].count, sizes[i].end);

        ask(request, &answer);
        free(request);
        if (answer.status != sizes[i].status)
            print_error("%zu of %s: %d\n", sizes[i].count, sizes[i].piece, answer.status);
        if (sizes[i].status == 200)
            assert_int_equal(answer.status, 200);
        else
            check_words(sizes[i].status, sizes[i].problem);
    }
}

/* What it means to us must be what it means to a proxy that takes a NUL for a character. */
static void a_character_that_no_address_has_is_refused(void **state)
{
    static const char outside[] = { '\0', '\r', '\t', ' ', '\x01', '\x7f' };

    (void)state;
    for (size_t i = 0; i < sizeof outside; i++)
        for (int query = 0; query < 2; query++) {
            char request[100];
            const int length = snprintf(
                request, sizeof request, "GET /api/echo/%s#b" THE_REST, query ? "a?q=a" : "a");

            *strchr(request, '#') = outside[i];
            client_open(&client);
            client_say_bytes(&client, request, (size_t)length);
            client_hear(&client, &answer, false);
            check_words(400, "/problems/bad_input");
            client_close(&client);
        }
}

static void a_bare_carriage_return_ends_no_line(void **state)
{
    (void)state;
    check_refused("GET /api/echo/a HTTP/1.1\r\nHost: x\rX: y\r\n\r\n" SMUGGLED);
    check_words(400, "/problems/bad_input");
    check_refused("GET /api/echo/a HTTP/1.1\rHost: x\r\r\n\r\n" SMUGGLED);
}

static void a_line_ends_with_carriage_return_and_line_feed(void **state)
{
    (void)state;
    check_refused("GET /api/echo/a HTTP/1.1\nHost: x\r\n\r\n" SMUGGLED);
    check_refused("GET /api/echo/a HTTP/1.1\r\nHost: x\nAccept: */*\r\n\r\n" SMUGGLED);
    check_refused("GET /api/echo/a HTTP/1.1\r\nHost: x\r\nAccept: */*\n\r\n" SMUGGLED);
    check_refused("GET /api/echo/a HTTP/1.1\r\nHost: x\r\n\n" SMUGGLED);
    check_refused("GET /api/echo/a HTTP/1.1\nHost: x\n\n" SMUGGLED);
    check_refused("GET /api/echo/a HTTP/1.0\n\n" SMUGGLED);
}

static void folded_lines_are_refused(void **state)
{
    (void)state;
    check_refused("GET /api/echo/a HTTP/1.1\r\nHost: x\r\nAccept: a\r\n b\r\n\r\n" SMUGGLED);
    check_refused(
        "GET /api/echo/a HTTP/1.1\r\nHost: x\r\nAccept: a\r\n\tb\r\nX-A: c\r\n\r\n" SMUGGLED);
    check_refused(POST_THING "Content-Length: 1\r\n 0\r\n\r\nhello" SMUGGLED);
    check_refused(POST_THING "Accept:\r\n Content-Length: 5\r\n\r\nhello" SMUGGLED);
}

/* Behind another request, and in pieces: whatever libmicrohttpd has read by then. */
static void a_malformed_length_gets_one_answer_wherever_it_comes(void **state)
{
    (void)state;
    client_open(&client);
    client_say(&client,
        "GET /api/echo/a HTTP/1.1\r\nHost: x\r\n\r\n" POST_THING "Content-Length: -1\r\n\r\n{}");
    client_hear(&client, &answer, false);
    assert_int_equal(answer.status, 200);
    client_hear(&client, &answer, false);
    assert_int_equal(answer.status, 400);
    assert_true(client_is_left(&client, PATIENCE_MS));
    assert_null(strstr(client.bytes, "HTTP/1.1 "));
    client_close(&client);

    client_open(&client);
    client_say(&client, POST_THING "Content-");
    client_say(&client, "Length: 99999999999999999999\r\n");
    client_say(&client, "\r\n{}");
    client_hear(&client, &answer, false);
    assert_int_equal(answer.status, 400);
    assert_true(client_is_left(&client, PATIENCE_MS));
    assert_null(strstr(client.bytes, "HTTP/1.1 "));
    client_close(&client);
}

/*
 * The library reads "2\n" as the length of a piece and passes over what stands behind it, where
 * others read on: what they take for the next request must not be read here.
 */
static void a_chunked_request_is_the_last_of_its_connection(void **state)
{
    static const char *const bodies[] = { "2\r\n{}\r\n0\r\n\r\n", "2\n{}\n0\n\n",
        "2;\n{}\r\n0\r\n\r\n", "2\r\n{}\r\n0\r\nX: y\r\n z\r\n\r\n", "0x2\r\n{}\r\n0\r\n\r\n",
        "2 \r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n", "2\r\n{}XX0\r\n\r\n",
        "FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n", "2\r\n{}\r\n0\r\nno colon\r\n\r\n" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        client_open(&client);
        client_say(&client, POST_THING "Transfer-Encoding: chunked\r\n\r\n");
        client_say(&client, bodies[i]);
        client_say(&client, SMUGGLED);
        client_hear(&client, &answer, false);
        assert_in_range(answer.status, 201, 422);
        assert_string_equal(header_of(&answer, "Connection"), "close");
        assert_true(client_is_left(&client, PATIENCE_MS));
        assert_null(strstr(client.bytes, "HTTP/1.1 "));
        client_close(&client);
    }
}

static void one_blank_stands_between_method_and_address(void **state)
{
    (void)state;
    check_refused("GET  /api/echo/a HTTP/1.1\r\nHost: x\r\n\r\n" SMUGGLED);
    check_refused("POST   /api/things HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}" SMUGGLED);
    check_refused("GET  http://x/api/echo/a HTTP/1.1\r\nHost: x\r\n\r\n" SMUGGLED);
}

static void a_host_that_can_not_be_one_is_refused(void **state)
{
    (void)state;
    check_refused("GET /api/echo/a HTTP/1.1\r\nHost: x y\r\n\r\n" SMUGGLED);
    check_refused("GET /api/echo/a HTTP/1.1\r\nHost: x, y\r\n\r\n" SMUGGLED);
    check_refused("GET /api/echo/a HTTP/1.1\r\nHost: user@x\r\n\r\n" SMUGGLED);
    check_refused("GET http://x/api/echo/a HTTP/1.1\r\nHost: x/y\r\n\r\n" SMUGGLED);
}

static void an_address_may_be_absolute(void **state)
{
    static const struct {
        const char *address;
        int status;
    } rows[] = { { "http://x/api/echo/a", 200 }, { "HTTP://other:80/api/echo/a?b=c", 200 },
        { "https://x/api/echo/a", 200 }, { "http://x/api/none", 404 },
        { "http://user@x/api/echo/a", 400 }, { "http:///api/echo/a", 400 },
        { "ftp://x/api/echo/a", 400 }, { "x/api/echo/a", 400 },
        { "http://[::1]:80/api/echo/a", 200 }, { "http://x:y/api/echo/a", 400 },
        { "http://x,y/api/echo/a", 400 }, { "http://x#y/api/echo/a", 400 },
        { "http://:80/api/echo/a", 400 } };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char request[200];

        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", rows[i].address);
        client_open(&client);
        client_say(&client, request);
        client_hear(&client, &answer, false);
        if (answer.status != rows[i].status)
            print_error("%s -> %d\n", rows[i].address, answer.status);
        assert_int_equal(answer.status, rows[i].status);
        client_close(&client);
    }
}

static void a_request_without_a_host_is_refused_unless_it_is_old(void **state)
{
    (void)state;
    ask("GET /health HTTP/1.1\r\n\r\n", &answer);
    check_words(400, "/problems/bad_input");
    ask("GET /health HTTP/1.0\r\n\r\n", &answer);
    assert_int_equal(answer.status, 200);
}

/* How long the server bears it, in ms, when a byte comes each 100 ms. Fails if it does so forever.
 */
static int64_t drip(const char *start)
{
    const int64_t began = clock_us();
    bool left = false;

    client_open(&client);
    client_say(&client, start);
    for (int i = 0; i < PATIENCE_MS / 100 && !left; i++) {
        struct pollfd wait = { client.fd, POLLIN, 0 };
        char ignored[1000];

        client_say(&client, "a");
        left = poll(&wait, 1, 100) > 0 && recv(client.fd, ignored, sizeof ignored, 0) <= 0;
    }
    client_close(&client);
    assert_true(left);
    return (clock_us() - began) / 1000;
}

/* Never before its time; how long after depends on how busy the machine is. */
static void dripped_headers_are_hung_up_on(void **state)
{
    (void)state;
    assert_true(drip("GET /health HTTP/1.1\r\nX-Long: ") >= 900);
}

static void a_slow_body_is_hung_up_on(void **state)
{
    (void)state;
    assert_true(drip(POST_THING "Content-Length: 1000\r\n\r\n{\"name\":\"") >= 900);
}

static void silence_is_hung_up_on(void **state)
{
    const int64_t began = clock_us();

    (void)state;
    client_open(&client);
    assert_true(client_is_left(&client, PATIENCE_MS));
    assert_true(clock_us() - began >= 900000);
    client_close(&client);
}

/* Two seconds after an answer, however much of the next request has dripped in. */
static void an_idle_connection_is_hung_up_on(void **state)
{
    const int64_t began = clock_us();

    (void)state;
    client_open(&client);
    client_say(&client, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
    client_hear(&client, &answer, false);
    assert_int_equal(answer.status, 200);

    client_say(&client, "GET /health HTTP/1.1\r\n");
    assert_true(client_is_left(&client, PATIENCE_MS));
    assert_true(clock_us() - began >= 1900000);
    client_close(&client);
}

static void noise_is_no_request(void **state)
{
    static const char *const noises[] = { "\r\n\r\n\r\n\r\n", "\x16\x03\x01\x02\x01\x01\xfc",
        "GET\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n", "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n", " : \r\n\r\n" };

    (void)state;
    for (size_t i = 0; i < sizeof noises / sizeof noises[0]; i++) {
        client_open(&client);
        client_say(&client, noises[i]);
        shutdown(client.fd, SHUT_WR);
        client_hear(&client, &answer, false);
        if (answer.status && (answer.status < 400 || answer.status > 505))
            print_error("%s -> %d\n", noises[i], answer.status);
        assert_true(answer.status == 0 || (answer.status >= 400 && answer.status <= 505));
        client_close(&client);
    }
    ask("GET /health HTTP/1.1\r\nHost: x\r\n\r\n", &answer);
    assert_int_equal(answer.status, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_lengths_are_refused),
        cmocka_unit_test(a_length_beside_a_coding_is_refused),
        cmocka_unit_test(codings_other_than_chunked_are_refused),
        cmocka_unit_test(blanks_in_header_names_are_refused),
        cmocka_unit_test(malformed_lengths_are_refused),
        cmocka_unit_test(malformed_paths_are_refused),
        cmocka_unit_test(a_body_beyond_the_limit_is_refused_before_it_is_read),
        cmocka_unit_test(a_chunked_body_is_counted),
        cmocka_unit_test(a_request_of_any_size_is_answered),
        cmocka_unit_test(a_character_that_no_address_has_is_refused),
        cmocka_unit_test(a_bare_carriage_return_ends_no_line),
        cmocka_unit_test(a_line_ends_with_carriage_return_and_line_feed),
        cmocka_unit_test(folded_lines_are_refused),
        cmocka_unit_test(a_malformed_length_gets_one_answer_wherever_it_comes),
        cmocka_unit_test(a_chunked_request_is_the_last_of_its_connection),
        cmocka_unit_test(one_blank_stands_between_method_and_address),
        cmocka_unit_test(a_host_that_can_not_be_one_is_refused),
        cmocka_unit_test(an_address_may_be_absolute),
        cmocka_unit_test(a_request_without_a_host_is_refused_unless_it_is_old),
        cmocka_unit_test(dripped_headers_are_hung_up_on),
        cmocka_unit_test(a_slow_body_is_hung_up_on),
        cmocka_unit_test(silence_is_hung_up_on),
        cmocka_unit_test(an_idle_connection_is_hung_up_on),
        cmocka_unit_test(noise_is_no_request),
    };

    return cmocka_run_group_tests(tests, start, stop);
}

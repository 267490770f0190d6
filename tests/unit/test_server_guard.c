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
#include "http/client.h"
#include "http/server.h"
#include "http/site.h"
#include "test.h"

#define POST_THING "POST /api/things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"

/* What a smuggler wants to be taken for a request. */
#define SMUGGLED "GET /api/echo/smuggled HTTP/1.1\r\nHost: x\r\n\r\n"

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

    assert_true(client_is_left(&client, 4000));

    /* libmicrohttpd writes the head of its own refusals twice: harmless, but no clean end. */
    assert_null(strstr(client.bytes, "HTTP/1.1 2"));
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
        assert_true(client_is_left(&client, 4000));
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
    assert_true(client_is_left(&client, 4000));
    client_close(&client);
    free(piece);
}

static void a_header_too_long_is_refused(void **state)
{
    char *request = calloc(1, 100000);
    int length = snprintf(request, 100, "GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ");

    (void)state;
    memset(request + length, 'x', 60000);
    strcpy(request + length + 60000, "\r\n\r\n");
    client_open(&client);
    client_say(&client, request);
    client_hear(&client, &answer, false);
    assert_true(answer.status == 431 || answer.status == 413);
    client_close(&client);

    length = snprintf(request, 100, "GET /");
    memset(request + length, 'x', 60000);
    client_open(&client);
    client_say(&client, request);
    client_hear(&client, &answer, false);
    assert_true(answer.status == 414 || answer.status == 431);
    client_close(&client);
    free(request);
}

/* How long the server bears it, in ms, when a byte comes each 100 ms. */
static int64_t drip(const char *start, const char *drops)
{
    const int64_t began = clock_us();

    client_open(&client);
    client_say(&client, start);
    while (*drops) {
        struct pollfd wait = { client.fd, POLLIN, 0 };
        char byte[2] = { *drops++, '\0' };
        char ignored[1000];

        client_say(&client, byte);
        if (poll(&wait, 1, 100) > 0 && recv(client.fd, ignored, sizeof ignored, 0) <= 0)
            break;
    }
    client_close(&client);
    return (clock_us() - began) / 1000;
}

static void dripped_headers_are_hung_up_on(void **state)
{
    (void)state;
    const int64_t took_ms =
        drip("GET /health HTTP/1.1\r\n", "X-Long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

    assert_in_range(took_ms, 900, 1800);
}

static void a_slow_body_is_hung_up_on(void **state)
{
    (void)state;
    const int64_t took_ms = drip(
        POST_THING "Content-Length: 100\r\n\r\n", "{\"name\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

    assert_in_range(took_ms, 900, 1800);
}

static void silence_is_hung_up_on(void **state)
{
    (void)state;
    client_open(&client);
    const int64_t began = clock_us();

    assert_true(client_is_left(&client, 3000));
    assert_in_range(clock_us() - began, 900000, 1800000);
    client_close(&client);
}

/* Two seconds after an answer, however much of the next request has dripped in. */
static void an_idle_connection_is_hung_up_on(void **state)
{
    (void)state;
    client_open(&client);
    client_say(&client, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
    client_hear(&client, &answer, false);
    assert_int_equal(answer.status, 200);

    const int64_t began = clock_us();

    client_say(&client, "GET /health HTTP/1.1\r\n");
    assert_true(client_is_left(&client, 4000));
    assert_in_range(clock_us() - began, 1900000, 2900000);
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
        cmocka_unit_test(a_header_too_long_is_refused),
        cmocka_unit_test(dripped_headers_are_hung_up_on),
        cmocka_unit_test(a_slow_body_is_hung_up_on),
        cmocka_unit_test(silence_is_hung_up_on),
        cmocka_unit_test(an_idle_connection_is_hung_up_on),
        cmocka_unit_test(noise_is_no_request),
    };

    return cmocka_run_group_tests(tests, start, stop);
}

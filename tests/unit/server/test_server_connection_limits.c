/*
 * The server with very many connections, and with more than it wants.
 *
 * The ten thousand are another process's, so that both ends need only half as many descriptors.
 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "metric/metric.h"
#include "server/server.h"
#include "test.h"
#include "unit/server/client.h"
#include "unit/server/site.h"

#define CROWD 10000

#define GET_HEALTH "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"

static struct answer answer;

struct crowd {
    pid_t child;
    int to_child[2], to_parent[2];
};

static bool raise_limit(void)
{
    struct rlimit limit;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur >= CROWD + 500;
}

/* So many come at once: on a busy machine each turn between the two processes takes its time. */
#define GROUP 500

/* Some say nothing, some half a request, and some have had an answer. */
static void come_together(struct client *client)
{
    int asked[GROUP], count = 0;

    for (int i = 0; i < GROUP; i++) {
        client_open(client);
        if (i % 4 == 0)
            client_say(client, "GET /health HTTP/1.1\r\n");
        if (i % 4 > 1) {
            client_say(client, GET_HEALTH);
            asked[count++] = client->fd;
        }
    }
    for (int i = 0; i < count; i++) {
        client->fd = asked[i];
        client->length = 0;
        client_hear(client, &answer, false);
        if (answer.status != 200)
            _exit(2);
    }
}

/* The child: come when the port is told, stay until the pipe ends. */
_Noreturn static void be_a_crowd(const struct crowd *crowd)
{
    static struct client client;
    char byte = 1;
    int port;

    close(crowd->to_child[1]);
    if (read(crowd->to_child[0], &port, sizeof port) != sizeof port)
        _exit(1);
    client_port_set(port);
    for (int i = 0; i < CROWD; i += GROUP)
        come_together(&client);
    if (write(crowd->to_parent[1], &byte, 1) != 1)
        _exit(1);
    (void)!read(crowd->to_child[0], &byte, 1);
    _exit(0);
}

static void crowd_fork(struct crowd *crowd)
{
    assert_int_equal(pipe(crowd->to_child), 0);
    assert_int_equal(pipe(crowd->to_parent), 0);
    crowd->child = fork();
    if (crowd->child == 0)
        be_a_crowd(crowd);
}

static void crowd_gather(struct crowd *crowd)
{
    const int port = server_port();
    char byte;

    assert_int_equal(write(crowd->to_child[1], &port, sizeof port), sizeof port);
    assert_int_equal(read(crowd->to_parent[0], &byte, 1), 1);
}

static void crowd_leave_all(struct crowd *crowd)
{
    int status;

    close(crowd->to_child[1]);
    waitpid(crowd->child, &status, 0);
    assert_int_equal(status, 0);
}

/* Connections end when the server comes to it, however long that takes. */
static void wait_until_all_have_left(void)
{
    for (int i = 0; i < 6000 && server_stats().connections; i++)
        usleep(10000);
    assert_int_equal(server_stats().connections, 0);
}

static int rss_mib(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");

    if (!file || fscanf(file, "%*d %ld", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return (int)(pages * sysconf(_SC_PAGESIZE) / 1048576);
}

/* What 500 turns of two requests cost this process in processor time, which others don't change. */
static int64_t turns_us(void)
{
    struct timespec before, after;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    for (int i = 0; i < 500; i++) {
        ask(GET_HEALTH, &answer);
        assert_int_equal(answer.status, 200);
        ask("GET /api/echo/a HTTP/1.1\r\nHost: x\r\n\r\n", &answer);
        assert_int_equal(answer.status, 200);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    return (after.tv_sec - before.tv_sec) * (int64_t)1000000
        + (after.tv_nsec - before.tv_nsec) / 1000;
}

static void ten_thousand_idle_connections_slow_nobody(void **state)
{
    struct server_settings settings = site_settings();
    struct crowd crowd;

    (void)state;
    if (!raise_limit()) {
        print_message("the hard limit of open files is too low for %d connections\n", CROWD);
        skip();
    }

    crowd_fork(&crowd);
    settings.connections_max = 2 * CROWD;
    settings.header_seconds = settings.idle_seconds = 120;
    site_start(&settings);

    const int64_t alone_us = turns_us();

    crowd_gather(&crowd);
    assert_in_range(server_stats().connections, CROWD, CROWD + 1);

    const int64_t crowded_us = turns_us();

    print_message("%d connections: %d us for a request instead of %d, %d MiB\n", CROWD,
        (int)crowded_us / 1000, (int)alone_us / 1000, rss_mib());
    assert_true(crowded_us < 4 * alone_us);

    crowd_leave_all(&crowd);
    site_stop(2);
}

/* When the crowd falls silent all of it is hung up on at once, which must not hurt either. */
static void a_silent_crowd_is_sent_home(void **state)
{
    struct server_settings settings = site_settings();
    struct crowd crowd;

    (void)state;
    if (!raise_limit())
        skip();

    crowd_fork(&crowd);
    settings.connections_max = 2 * CROWD;
    settings.header_seconds = settings.idle_seconds = 3;
    site_start(&settings);
    crowd_gather(&crowd);
    wait_until_all_have_left();
    ask(GET_HEALTH, &answer);
    assert_int_equal(answer.status, 200);
    crowd_leave_all(&crowd);
    site_stop(2);
}

static struct client clients[8];

/* Deadlines that end nothing here: who is left was not let in. */
#define PATIENT_SECONDS 60

static struct server_settings patient_settings(void)
{
    struct server_settings settings = site_settings();

    settings.header_seconds = settings.idle_seconds = PATIENT_SECONDS;
    return settings;
}

/* Whether each of the first `count` clients is served. */
static void check_served(int count)
{
    for (int i = 0; i < count; i++) {
        client_open(&clients[i]);
        client_say(&clients[i], GET_HEALTH);
        client_hear(&clients[i], &answer, false);
        assert_int_equal(answer.status, 200);
    }
    for (int i = count; i < 8; i++) {
        client_open(&clients[i]);
        assert_true(client_is_left(&clients[i], PATIENT_SECONDS * 500));
        client_close(&clients[i]);
    }
}

static void leave(int count)
{
    for (int i = 0; i < count; i++)
        client_close(&clients[i]);
    wait_until_all_have_left();
}

static void an_address_has_a_limit_over_all_threads(void **state)
{
    struct server_settings settings = patient_settings();

    (void)state;
    settings.connections_per_address = 5;
    site_start(&settings);
    check_served(5);
    leave(5);
    check_served(5);
    leave(5);
    site_stop(1);
}

static void the_process_has_a_limit(void **state)
{
    struct server_settings settings = patient_settings();

    (void)state;
    settings.connections_max = 6;
    site_start(&settings);
    check_served(6);
    leave(6);
    site_stop(1);
}

/* More calls than workers and queue: told so at once, while lanes go on. */
static void too_many_calls_are_turned_away(void **state)
{
    struct server_settings settings = patient_settings();
    const int64_t before = metric_value(METRIC_FAILURES + FAULT_OVERLOADED);
    int turned_away = 0;
    uint64_t judged = 0;

    (void)state;
    settings.workers = 1;
    settings.queue_max = 2;
    site_start(&settings);
    for (int i = 0; i < 8; i++) {
        client_open(&clients[i]);
        client_say(&clients[i], "GET /api/held HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    ask(GET_HEALTH, &answer);
    assert_int_equal(answer.status, 200);

    /* One is with the worker; the others wait, or have their answer. Before the worker has taken
     * the first one, it may wait as well. */
    for (int i = 0; i < 6000 && judged != 7; i++) {
        judged = (uint64_t)(metric_value(METRIC_FAILURES + FAULT_OVERLOADED) - before)
            + (uint64_t)server_stats().waiting;
        usleep(10000);
    }
    assert_int_equal(judged, 7);
    site_release();
    for (int i = 0; i < 8; i++) {
        client_hear(&clients[i], &answer, false);
        if (answer.status == 503) {
            assert_string_equal(header_of(&answer, "Retry-After"), "1");
            assert_non_null(strstr(answer.body, "/problems/overloaded"));
            turned_away++;
        }
    }
    assert_in_range(turned_away, 5, 6);
    leave(8);
    site_stop(1);
}

static void check_start_fails(const struct server_settings *settings, const char *why)
{
    struct call call = { 0 };

    assert_false(server_start(&call, settings));
    assert_int_equal(call.fault.code, FAULT_CONFIG);
    assert_non_null(strstr(call.fault.detail, why));
    arena_free(&call.arena);
}

/* Sockets that share a port would share it with a stranger, so the first one looks. */
static void an_address_that_can_not_be_had_is_told(void **state)
{
    struct server_settings settings = site_settings();
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof here;
    const int taken = socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;

    (void)state;
    setsockopt(taken, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    assert_int_equal(bind(taken, (struct sockaddr *)&here, sizeof here), 0);
    assert_int_equal(listen(taken, 1), 0);
    assert_int_equal(getsockname(taken, (struct sockaddr *)&here, &length), 0);

    settings.port = ntohs(here.sin_port);
    check_start_fails(&settings, "in use by another program");
    settings.port = 0;
    settings.address = "nowhere";
    check_start_fails(&settings, "nowhere is no address");
    close(taken);
}

static void ipv4_comes_in_through_an_ipv6_socket(void **state)
{
    struct server_settings settings = site_settings();
    const int six = socket(AF_INET6, SOCK_STREAM, 0);

    (void)state;
    if (six < 0) {
        print_message("there is no IPv6 here\n");
        skip();
    }
    close(six);
    settings.address = "::";
    site_start(&settings);
    ask(GET_HEALTH, &answer);
    assert_int_equal(answer.status, 200);
    site_stop(1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_thousand_idle_connections_slow_nobody),
        cmocka_unit_test(a_silent_crowd_is_sent_home),
        cmocka_unit_test(an_address_has_a_limit_over_all_threads),
        cmocka_unit_test(the_process_has_a_limit),
        cmocka_unit_test(too_many_calls_are_turned_away),
        cmocka_unit_test(an_address_that_can_not_be_had_is_told),
        cmocka_unit_test(ipv4_comes_in_through_an_ipv6_socket),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

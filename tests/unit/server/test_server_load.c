/*
 * The server under mixed load from several threads at once, with a stop in the middle of it: every
 * request that was taken in gets its own answer. Meant for the thread and address sanitizers.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "http/feed.h"
#include "server/server.h"
#include "test.h"
#include "unit/server/client.h"
#include "unit/server/site.h"

#define CLIENTS 4
#define SECONDS 2

#define SESSION "Cookie: tracetrack_session=ada\r\nX-CSRFToken: " SITE_CSRF "\r\n"

static atomic_bool over;
static atomic_int answered, wrong;

struct mate {
    pthread_t thread;
    int number, round;
    struct client client;
    struct answer answer;
    char request[1000], expected[100];
    int status;
};

static void expect(struct mate *mate, int status, const char *key, const char *value)
{
    mate->status = status;
    snprintf(mate->expected, sizeof mate->expected, "{\"%s\":\"%s\"}", key, value);
}

static void ask_echo(struct mate *mate)
{
    char word[30];

    snprintf(word, sizeof word, "w%d-%d", mate->number, mate->round);
    snprintf(mate->request, sizeof mate->request,
        "GET /api/echo/%s?q=%s HTTP/1.1\r\nHost: x\r\n\r\n", word, word);
    expect(mate, 200, word, word);
}

static void ask_lane(struct mate *mate, const char *name)
{
    char body[100];

    snprintf(body, sizeof body, "{\"name\":\"%s\"}", name);
    snprintf(mate->request, sizeof mate->request,
        "POST /api/scans HTTP/1.1\r\nHost: x\r\n" SESSION
        "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
        strlen(body), body);
    expect(mate, 200, "linked", name);
}

static void ask_refused(struct mate *mate)
{
    strcpy(mate->request,
        "POST /api/scans HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789");
    mate->status = 401;
    mate->expected[0] = '\0';
}

static void choose(struct mate *mate)
{
    char name[30];

    snprintf(name, sizeof name, "n%d-%d", mate->number, mate->round);
    switch (mate->round++ % 5) {
    case 0:
        ask_echo(mate);
        return;
    case 1:
        ask_lane(mate, "now");
        return;
    case 2:
        ask_refused(mate);
        return;
    case 3:
        strcpy(mate->request, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
        expect(mate, 200, "status", "healthy");
        return;
    default:
        ask_lane(mate, name);
    }
}

/* False when the connection has ended. */
static bool ask_one(struct mate *mate)
{
    choose(mate);
    client_say(&mate->client, mate->request);
    client_hear(&mate->client, &mate->answer, false);
    if (!mate->answer.status)
        return false;

    atomic_fetch_add(&answered, 1);
    if (mate->answer.status != mate->status
        || (*mate->expected && strcmp(mate->answer.body, mate->expected) != 0)) {
        print_error("%s -> %d %s\n", mate->request, mate->answer.status, mate->answer.body);
        atomic_fetch_add(&wrong, 1);
    }
    return true;
}

/* A new connection now and then; one in ten is dropped with its answer still to come. */
static void *play(void *closure)
{
    struct mate *mate = closure;

    while (!atomic_load(&over)) {
        bool alive = true;

        client_open(&mate->client);
        for (int i = 0; i < 50 && alive && !atomic_load(&over); i++)
            alive = ask_one(mate);
        if (!alive && !atomic_load(&over))
            atomic_fetch_add(&wrong, 1);
        if (mate->round % 10 == 0)
            client_say(&mate->client, "GET /api/slow HTTP/1.1\r\nHost: x\r\n\r\n");
        client_close(&mate->client);
    }
    return NULL;
}

/* Opens, hears and drops a feed again and again. */
static void *listen_in(void *closure)
{
    struct mate *mate = closure;

    while (!atomic_load(&over)) {
        client_open(&mate->client);
        client_say(&mate->client, "GET /api/stream HTTP/1.1\r\nHost: x\r\n" SESSION "\r\n");
        for (int i = 0; i < 20 && !atomic_load(&over); i++)
            if (!client_hears(&mate->client, "data: "))
                atomic_fetch_add(&wrong, 1);
        client_close(&mate->client);
    }
    return NULL;
}

static void publish_for_a_while(void)
{
    const int64_t until = clock_us() + SECONDS * 1000000;

    while (clock_us() < until) {
        const struct timespec pause = { 0, 1000000 };

        feed_publish("news", 1, "tick", "tock");
        nanosleep(&pause, NULL);
    }
}

static void mixed_load_gets_its_own_answers(void **state)
{
    struct server_settings settings = site_settings();
    struct mate *mates = calloc(CLIENTS + 1, sizeof *mates);

    (void)state;
    settings.threads = 3;
    settings.header_seconds = settings.idle_seconds = settings.body_seconds = 30;
    site_start(&settings);

    for (int i = 0; i <= CLIENTS; i++) {
        mates[i].number = i;
        pthread_create(&mates[i].thread, NULL, i < CLIENTS ? play : listen_in, &mates[i]);
    }
    publish_for_a_while();
    atomic_store(&over, true);
    feed_publish("news", 1, "tick", "the last");
    for (int i = 0; i <= CLIENTS; i++)
        pthread_join(mates[i].thread, NULL);
    site_stop(2);
    free(mates);

    print_message("%d answers\n", atomic_load(&answered));
    assert_int_equal(atomic_load(&wrong), 0);
    assert_true(atomic_load(&answered) > 100);
}

/* What was taken in is answered, what waits for nothing is hung up on, and then the port is free.
 */
static void a_stop_finishes_what_was_begun(void **state)
{
    static struct client slow, idle, feed;
    static struct answer answer;
    struct server_settings settings = site_settings();

    (void)state;
    settings.idle_seconds = settings.header_seconds = 30;
    site_start(&settings);
    client_open(&idle);
    client_say(&idle, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
    client_hear(&idle, &answer, false);
    client_open(&feed);
    client_say(&feed, "GET /api/stream HTTP/1.1\r\nHost: x\r\n" SESSION "\r\n");
    assert_true(client_hears(&feed, "\r\n\r\n"));
    client_open(&slow);
    client_say(&slow, "GET /api/slow HTTP/1.1\r\nHost: x\r\n\r\n");
    const struct timespec pause = { 0, 100000000 };

    nanosleep(&pause, NULL);
    const int64_t began = clock_us();

    site_stop(60);
    assert_true(clock_us() - began < 30000000);
    client_hear(&slow, &answer, false);
    assert_int_equal(answer.status, 200);
    assert_string_equal(header_of(&answer, "Connection"), "close");
    assert_true(client_is_left(&slow, 1000));
    assert_true(client_is_left(&idle, 1000));
    assert_true(client_is_left(&feed, 1000));
    assert_non_null(strstr(feed.bytes, "0\r\n\r\n"));
    client_close(&slow);
    client_close(&idle);
    client_close(&feed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mixed_load_gets_its_own_answers),
        cmocka_unit_test(a_stop_finishes_what_was_begun),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

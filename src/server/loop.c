#include "server/loop.h"

#include <assert.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "server/exchange.h"

#define LINGER_US 2000000
#define HEARTBEAT_SECONDS 15

#define TURN_MAX_MS 1000

/* With the lock held, so that the loop can't be gone by the time it is woken. */
static void append_done(struct loop *loop, struct exchange *exchange)
{
    exchange->queued = true;
    exchange->done_next = NULL;
    if (loop->done_first)
        loop->done_last->done_next = exchange;
    else
        loop->done_first = exchange;
    loop->done_last = exchange;

    if (!loop->woken)
        (void)eventfd_write(loop->event_fd, 1);
    loop->woken = true;
}

void loop_return(struct exchange *exchange)
{
    struct loop *loop = exchange->loop;

    pthread_mutex_lock(&loop->done_lock);
    if (!exchange->queued)
        append_done(loop, exchange);
    pthread_mutex_unlock(&loop->done_lock);
}

void loop_return_session(struct exchange *exchange, enum session_lookup lookup)
{
    struct loop *loop = exchange->loop;

    pthread_mutex_lock(&loop->done_lock);
    atomic_store(&exchange->visitor.lookup, lookup);
    if (!exchange->queued)
        append_done(loop, exchange);
    pthread_mutex_unlock(&loop->done_lock);
}

static struct exchange *take_done(struct loop *loop)
{
    pthread_mutex_lock(&loop->done_lock);
    struct exchange *first = loop->done_first;

    loop->done_first = loop->done_last = NULL;
    loop->woken = false;
    pthread_mutex_unlock(&loop->done_lock);
    return first;
}

/* From here on the exchange may be queued anew, so `done_next` is read first. */
static struct exchange *unqueue(struct loop *loop, struct exchange *exchange)
{
    pthread_mutex_lock(&loop->done_lock);
    struct exchange *next = exchange->done_next;

    exchange->queued = false;
    pthread_mutex_unlock(&loop->done_lock);
    return next;
}

static void handle_done(struct loop *loop)
{
    struct exchange *next;

    for (struct exchange *each = take_done(loop); each; each = next) {
        next = unqueue(loop, each);
        if (each->orphan)
            exchange_end(each);
        else
            loop->returned(each);
    }
}

void loop_suspend(struct exchange *exchange)
{
    exchange->suspended = true;
    MHD_suspend_connection(exchange->request.connection);
}

void loop_resume(struct exchange *exchange)
{
    assert(exchange->suspended);
    exchange->suspended = false;
    MHD_resume_connection(exchange->request.connection);
}

const unsigned char *loop_random(struct loop *loop, size_t count)
{
    if (loop->random_left < count) {
        if (getrandom(loop->random, sizeof loop->random, 0) != (ssize_t)sizeof loop->random)
            abort();
        loop->random_left = sizeof loop->random;
    }
    loop->random_left -= count;
    return loop->random + loop->random_left;
}

static int wait_ms(struct loop *loop)
{
    MHD_UNSIGNED_LONG_LONG wait = TURN_MAX_MS;
    const int64_t deadline = peers_deadline(&loop->peers);

    if (MHD_get_timeout(loop->daemon, &wait) != MHD_YES || wait > TURN_MAX_MS)
        wait = TURN_MAX_MS;
    if (deadline == INT64_MAX)
        return (int)wait;

    /* Rounded up, or the last millisecond would be spent turning. */
    const int64_t left = (deadline - clock_us() + 999) / 1000;

    return left < 0 ? 0 : left < (int64_t)wait ? (int)left : (int)wait;
}

static void turn(struct loop *loop)
{
    struct epoll_event events[2];

    (void)epoll_wait(loop->epoll_fd, events, 2, wait_ms(loop));
    loop->peers.now_us = clock_us();
    handle_done(loop);
    MHD_run(loop->daemon);
    peers_expire(&loop->peers);
}

static void end_feeds(struct loop *loop)
{
    struct peer *peer;

    TAILQ_FOREACH(peer, &loop->peers.waiting[WAIT_HEARTBEAT], links)
    {
        peer->exchange->listener.ended = true;
        if (peer->exchange->suspended && !exchange_awaits_session(peer->exchange))
            loop_resume(peer->exchange);
    }
}

/* What is in the sockets already is still taken in; then those that ask for nothing go. */
static void begin_to_close(struct loop *loop)
{
    const MHD_socket listen_fd = MHD_quiesce_daemon(loop->daemon);

    if (listen_fd != MHD_INVALID_SOCKET)
        close(listen_fd);
    MHD_run(loop->daemon);
    peers_shut_down(&loop->peers, WAIT_NEXT, true);
    peers_shut_down(&loop->peers, WAIT_HEADERS, true);
    end_feeds(loop);
    loop->closing = true;
}

/* Exchanges that are away always come back: statements have a time limit. */
static bool is_finished(struct loop *loop)
{
    if (loop->peers.count == 0)
        return true;
    if (loop->peers.now_us < atomic_load(&loop->stop_by_us))
        return false;
    for (enum wait wait = WAIT_HEADERS; wait < WAIT_COUNT; wait++)
        peers_shut_down(&loop->peers, wait, false);
    return loop->pending == 0;
}

static void free_pool(struct loop *loop)
{
    struct exchange *next;

    for (struct exchange *each = loop->pool; each; each = next) {
        next = each->next;
        arena_free(&each->call.arena);
        free(each);
    }
}

static void *loop_run(void *closure)
{
    struct loop *loop = closure;
    char name[16];

    snprintf(name, sizeof name, "http-%d", loop->number);
    pthread_setname_np(pthread_self(), name);

    while (!loop->closing || !is_finished(loop)) {
        turn(loop);
        if (atomic_load(&loop->stopping) && !loop->closing)
            begin_to_close(loop);
    }

    MHD_stop_daemon(loop->daemon);
    handle_done(loop);
    free_pool(loop);
    return NULL;
}

static bool loop_watch(struct loop *loop)
{
    const int daemon_fd = MHD_get_daemon_info(loop->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;

    /* Edge-triggered: the eventfd need never be read. */
    struct epoll_event wake = { .events = EPOLLIN | EPOLLET };
    struct epoll_event requests = { .events = EPOLLIN };

    return epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, loop->event_fd, &wake) == 0
        && epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, daemon_fd, &requests) == 0;
}

static void set_waits(struct loop *loop)
{
    const struct server_settings *settings = loop->settings;
    const int heartbeat =
        settings->heartbeat_seconds ? settings->heartbeat_seconds : HEARTBEAT_SECONDS;

    for (enum wait wait = WAIT_NOTHING; wait < WAIT_COUNT; wait++)
        TAILQ_INIT(&loop->peers.waiting[wait]);
    loop->peers.wait_us[WAIT_HEADERS] = settings->header_seconds * (int64_t)1000000;
    loop->peers.wait_us[WAIT_NEXT] = settings->idle_seconds * (int64_t)1000000;
    loop->peers.wait_us[WAIT_BODY] = settings->body_seconds * (int64_t)1000000;
    loop->peers.wait_us[WAIT_LINGER] = LINGER_US;
    loop->peers.wait_us[WAIT_HEARTBEAT] = heartbeat * (int64_t)1000000;
}

void loop_init(struct loop *loop, int number, const struct server_settings *settings,
    void (*returned)(struct exchange *exchange), void (*heartbeat)(struct peer *peer))
{
    loop->number = number;
    loop->settings = settings;
    loop->returned = returned;
    loop->peers.heartbeat = heartbeat;
    loop->peers.now_us = clock_us();
    pthread_mutex_init(&loop->done_lock, NULL);
    set_waits(loop);
    loop->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    loop->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

bool loop_start(struct loop *loop, struct MHD_Daemon *daemon)
{
    loop->daemon = daemon;
    return loop_watch(loop) && pthread_create(&loop->thread, NULL, loop_run, loop) == 0;
}

void loop_stop_by(struct loop *loop, int64_t by_us)
{
    atomic_store(&loop->stop_by_us, by_us);
    atomic_store(&loop->stopping, true);
    (void)eventfd_write(loop->event_fd, 1);
}

void loop_join(struct loop *loop)
{
    pthread_join(loop->thread, NULL);
    close(loop->epoll_fd);
    close(loop->event_fd);
    pthread_mutex_destroy(&loop->done_lock);
}

/*
 * Loop: one http thread with its epoll, its libmicrohttpd daemon and its connections.
 *
 * The daemon has no thread of its own and nobody but the loop touches it. What other threads have
 * finished waits on the done-queue; an eventfd wakes the loop.
 */
#ifndef SERVER_LOOP_H
#define SERVER_LOOP_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "server/peer.h"
#include "server/server.h"

struct exchange;
struct MHD_Daemon;

struct loop {
    int number;
    const struct server_settings *settings;
    struct MHD_Daemon *daemon;
    int epoll_fd, event_fd, listen_fd;
    pthread_t thread;

    pthread_mutex_t done_lock;
    struct exchange *done_first, *done_last;
    bool woken; /* the eventfd was written since the queue was last taken */

    int64_t now_us; /* at the start of this turn */
    int64_t wait_us[WAIT_COUNT];
    struct peer_list waiting[WAIT_COUNT];
    int connections;
    int away; /* exchanges that are with a worker or a lane */

    struct exchange *pool;
    int pooled;
    unsigned char random[512]; /* for request ids; a system call for each would cost too much */
    size_t random_left;

    atomic_bool stopping;
    atomic_llong stop_by_us;
    bool closing; /* `stopping` was seen */
};

/* Takes the listening socket over. False when the daemon or the thread can't be had. */
MUST_USE bool loop_start(struct loop *loop, int number, int listen_fd);

/* Tell the loop to finish by then (clock_us()), and wait until it has. */
void loop_stop_soon(struct loop *loop, int64_t by_us);
void loop_join(struct loop *loop);

/* The exchange comes back to its loop. From any thread. */
void loop_done(struct exchange *exchange);

/* On the loop's thread: let go of the connection until loop_done(), and take it up again. */
void loop_suspend(struct exchange *exchange);
void loop_resume(struct exchange *exchange);

/* `count` random bytes. */
const unsigned char *loop_random(struct loop *loop, size_t count);

#endif

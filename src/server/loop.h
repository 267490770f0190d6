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

#include "server/exchange.h"
#include "server/peer.h"
#include "server/server.h"

struct MHD_Daemon;

struct loop {
    int number;
    const struct server_settings *settings;
    struct MHD_Daemon *daemon;
    int epoll_fd, event_fd;
    pthread_t thread;

    pthread_mutex_t done_lock;
    struct exchange *done_first, *done_last;
    bool woken; /* the eventfd was written since the queue was last taken */

    void (*returned)(struct exchange *exchange); /* it is back on the loop's thread */

    struct peers peers;
    int pending; /* exchanges that are with a worker or a lane */

    struct exchange *pool;
    int pooled;
    unsigned char random[512]; /* for request ids; a system call for each would cost too much */
    size_t random_left;

    atomic_bool stopping;
    atomic_llong stop_by_us;
    bool closing; /* `stopping` was seen */
};

/*
 * Make the loop ready, without a thread: `returned` takes what loop_return() brings back,
 * `heartbeat` gives a sign of life to a peer that needs one.
 */
void loop_init(struct loop *loop, int number, const struct server_settings *settings,
    void (*returned)(struct exchange *exchange), void (*heartbeat)(struct peer *peer));

/* Run it with this daemon, which it stops at the end. False when the thread can't be had. */
MUST_USE bool loop_start(struct loop *loop, struct MHD_Daemon *daemon);

/* Tell the loop to finish by then (clock_us()), and wait until it has. */
void loop_stop_by(struct loop *loop, int64_t by_us);
void loop_join(struct loop *loop);

/* The exchange comes back to its loop. From any thread. */
void loop_return(struct exchange *exchange);

/*
 * The same from a worker, with what it found out about the session. Both in one step: a stream may
 * be on the done-queue for another reason, and must not end between the two.
 */
void loop_return_session(struct exchange *exchange, enum session_lookup lookup);

/* On the loop's thread: let go of the connection until loop_return(), and take it up again. */
void loop_suspend(struct exchange *exchange);
void loop_resume(struct exchange *exchange);

/* `count` random bytes. */
const unsigned char *loop_random(struct loop *loop, size_t count);

#endif

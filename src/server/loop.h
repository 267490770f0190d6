/*
 * Loop: one http thread with its epoll, its libmicrohttpd daemon and its connections.
 *
 * The daemon has no thread of its own, and only the loop touches it. Exchanges that other threads
 * have finished wait in the done-queue; an eventfd wakes the loop.
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

/* One http thread and all that is its own. */
struct loop {
    int number;
    const struct server_settings *settings;
    struct MHD_Daemon *daemon;
    int epoll_fd, event_fd;
    pthread_t thread;

    pthread_mutex_t done_lock;
    struct exchange *done_first, *done_last;
    bool woken; /* the eventfd was written since the queue was last emptied */

    void (*returned)(
        struct exchange *exchange); /* an exchange has returned; on the loop's thread */

    struct peers peers;
    int pending; /* exchanges that are with a worker or a lane */

    struct exchange *pool;
    int pooled;
    unsigned char random[512]; /* for request ids; one system call for each would cost too much */
    size_t random_left;

    atomic_bool stopping;
    atomic_llong stop_by_us;
    bool closing; /* the loop has seen `stopping` */
};

/*
 * Initialise the loop, without a thread. `returned` is called for each exchange given to
 * loop_return(), `heartbeat` for each peer whose feed must send a sign of life.
 */
void loop_init(struct loop *loop, int number, const struct server_settings *settings,
    void (*returned)(struct exchange *exchange), void (*heartbeat)(struct peer *peer));

/*
 * Run the loop with this daemon, which it stops at the end. False if the thread can't be created.
 */
MUST_USE bool loop_start(struct loop *loop, struct MHD_Daemon *daemon);

/* Tell the loop to finish before the time `by_us` (of clock_us()), and wait until it has. */
void loop_stop_by(struct loop *loop, int64_t by_us);

/* Wait until the thread has ended, and free what it had. */
void loop_join(struct loop *loop);

/* Return the exchange to its loop. From any thread. */
void loop_return(struct exchange *exchange);

/*
 * Return the exchange to its loop with the result of loading the session. From a worker. Both are
 * one step, because a stream may be in the done-queue for another reason as well, and must not end
 * in between.
 */
void loop_return_session(struct exchange *exchange, enum session_lookup lookup);

/* On the loop's thread: nothing more is read or sent on the connection until loop_return(). */
void loop_suspend(struct exchange *exchange);

/* On the loop's thread: the connection is read and written again. */
void loop_resume(struct exchange *exchange);

/* `count` random bytes. */
const unsigned char *loop_random(struct loop *loop, size_t count);

#endif

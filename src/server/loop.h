/*
 * Loop: one http thread with its epoll, its libmicrohttpd daemon and its connections.
 *
 * The daemon, the HTTP library's object, has no thread of its own, and only the loop touches it. An
 * exchange is one request with its answer. While another thread has it (a worker, which runs
 * handlers, or a lane, which runs batches), its connection is suspended. That thread gives it back
 * by the loop's done-queue; an eventfd wakes the loop.
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

/* One http thread and everything that it owns. */
struct loop {
    int number; /* 0, 1, ...; the thread's name is "http-<number>" */
    const struct server_settings *settings; /* of the server */
    struct MHD_Daemon *daemon; /* libmicrohttpd's, for this loop's connections */
    int epoll_fd, event_fd; /* the loop waits on epoll_fd; event_fd wakes it */
    pthread_t thread;

    /* The done-queue: exchanges that other threads have returned. */
    pthread_mutex_t done_lock; /* guards the queue */
    struct exchange *done_first, *done_last;
    bool woken; /* the eventfd was written since the queue was last emptied */

    void (*returned)(
        struct exchange *exchange); /* called on the loop's thread for each exchange in the queue */

    struct peers peers; /* the connections */
    int pending; /* exchanges that a worker or a lane has */

    struct exchange *pool; /* ended exchanges, to be used again */
    int pooled; /* how many there are */
    unsigned char random[512]; /* for request ids; one system call for each would cost too much */
    size_t random_left; /* bytes of it that were not used yet */

    atomic_bool stopping; /* set by loop_stop_by() */
    atomic_llong stop_by_us; /* the latest time to finish the requests, by clock_us() */
    bool closing; /* the loop has seen `stopping`, and accepts no more connections */
};

/* Initialise the loop, without a thread. `returned` is called on the loop's thread for each
 * exchange given to loop_return(), `heartbeat` for each connection with a feed (server-sent events)
 * that must send a comment line. The settings must live as long as the loop. */
void loop_init(struct loop *loop, int number, const struct server_settings *settings,
    void (*returned)(struct exchange *exchange), void (*heartbeat)(struct peer *peer));

/* Start the thread, which runs this daemon and stops it at the end. Returns false if the thread or
 * its epoll can't be set up; records no fault. */
MUST_USE bool loop_start(struct loop *loop, struct MHD_Daemon *daemon);

/* Tell the loop to accept no more connections and to finish its requests before the time `by_us`
 * (clock_us(), in microseconds). Returns at once; loop_join() waits. */
void loop_stop_by(struct loop *loop, int64_t by_us);

/* Wait until the loop's thread has ended, which loop_stop_by() asks for, and close its descriptors.
 * The struct is the caller's to free. */
void loop_join(struct loop *loop);

/* Put the exchange on its loop's done-queue and wake the loop, which continues with it. Does
 * nothing if it is in the queue already. May be called on any thread. */
void loop_return(struct exchange *exchange);

/* Set exchange->visitor.lookup to the result of loading the session, and do what loop_return()
 * does, in one step. A worker ends every task by this, with LOOKUP_NONE after running a handler.
 * One step, because a feed's exchange may be in the queue already and must not end in between. */
void loop_return_session(struct exchange *exchange, enum session_lookup lookup);

/* Suspend the exchange's connection: nothing is read or sent until loop_resume(). Called on the
 * loop's thread. */
void loop_suspend(struct exchange *exchange);

/* Resume the exchange's suspended connection: it is read and written again. Called on the
 * loop's thread. */
void loop_resume(struct exchange *exchange);

/* Returns `count` random bytes (at most 512) for a request id. They are valid until the next call
 * of this function. Called on the loop's thread. */
const unsigned char *loop_random(struct loop *loop, size_t count);

#endif

/*
 * Exchange: one request and its answer, on its way through the server. For src/server only.
 *
 * An exchange belongs to its connection's loop, one http thread. While a worker (a thread that runs
 * handlers) or a lane (a thread that runs batches) has it, the connection is suspended and the loop
 * does not touch it until it returns through the loop's done-queue. Each loop keeps ended exchanges
 * in a pool, with the first block of their arena (memory that is freed as a whole), so that a small
 * request costs no malloc. A feed is a stream of server-sent events (http/feed.h).
 */
#ifndef SERVER_EXCHANGE_H
#define SERVER_EXCHANGE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "http/batch.h"
#include "http/feed_listener.h"
#include "http/reply.h"
#include "http/request_parts.h"
#include "session/session.h"

struct asset;
struct loop;
struct peer;

/* The state of an exchange, which says what dispatch_request() does next. */
enum stage {
    STAGE_HEADERS, /* nothing checked yet */
    STAGE_BODY_FIRST, /* receiving the body; then a worker loads the session */
    STAGE_BODY, /* admitted; receiving the body */
    STAGE_LOADING_SESSION, /* a worker is loading the session */
    STAGE_DECIDED, /* the answer is known; a small body is read and dropped first */
    STAGE_PENDING, /* a worker or a lane has it */
    STAGE_ANSWERED, /* answered, or being answered */
    STAGE_LINGER, /* the answer was written to the socket directly; the rest of the body is read and
                     dropped */
};

/* Whether an exchange has failed, and when. */
enum outcome {
    OUTCOME_NONE, /* no failure so far; `reply` will be the answer */
    OUTCOME_REFUSED, /* a check failed (server/admission.h): `call.fault` is the answer */
    OUTCOME_FAILED, /* it failed after the checks: `call.fault` is the answer */
};

/* The progress and result of loading the session of a request from the database, by a worker. */
enum session_lookup {
    LOOKUP_NONE, /* no worker was asked, or its answer was handled */
    LOOKUP_PENDING, /* the worker has not answered yet */
    LOOKUP_FOUND, /* `visitor.session` has it */
    LOOKUP_NOT_FOUND, /* there is no such session, or it has ended */
    LOOKUP_FAILED, /* `call.fault` has the reason */
};

/* What a worker must do with an exchange: load the session, or run the route's handler. */
enum task { TASK_SESSION, TASK_CALL };

/* The session of the user who sent the request. */
struct visitor {
    const char *cookie; /* value of the session cookie, in call.arena; NULL if there is none */
    struct session_view session; /* the user and the CSRF token; zeros if nobody is signed in */
    bool counts; /* the request is activity of the user, which restarts the idle time */
    /* How far the look-up of the session in the database is. A worker sets it when it is done, and
     * the loop reads it to see whether it may go on with the request; so it is atomic. */
    _Atomic enum session_lookup lookup;
};

/* One request, its answer, and the state of both. */
struct exchange {
    struct call call; /* the unit of work: memory, database session, user, fault */
    struct request request; /* what the client has sent */
    struct reply reply; /* the answer, unless it is an asset */
    struct batch batch; /* if the route is answered in batches, its records */
    struct feed_listener listener; /* if the route is a feed, the receiver of its messages */
    struct visitor visitor; /* the session of the user who sent the request */
    const struct asset *asset; /* the file of the web app that is the answer; NULL: none */

    /* Used by the loop. */
    struct loop *loop; /* the http thread that the exchange belongs to */
    struct peer *peer; /* the connection */
    int64_t queued_us; /* when it was queued for a worker, by clock_us() */
    int64_t queue_us, db_us; /* how long it has waited for workers, and they for PostgreSQL */
    int64_t began_us; /* when the request line arrived, by clock_us() */
    enum stage stage; /* what happens next */
    enum outcome outcome; /* whether it has failed; a worker that has the exchange sets it too */
    bool suspended; /* libmicrohttpd does not read or write the connection */
    bool closes; /* close the connection after this answer */

    /* For the reply's headers. */
    bool encoded; /* the body is gzip */
    char etag[24]; /* "" if there is none */

    /* Used by the workers' queue, or by the loop's pool. */
    struct exchange *next; /* in the queue or pool */
    enum task task; /* what the worker must do */

    /* Used by the loop's done-queue, under its lock. */
    struct exchange *done_next; /* in the done-queue */
    bool queued; /* it is in the done-queue */
    bool orphan; /* ended while it was queued; the loop ends it when it takes it from the queue */
};

/* Create the exchange for a request on the connection `peer`, taken from the loop's pool if that
 * has one. Aborts if out of memory. Ended by exchange_end(). */
struct exchange *exchange_new(struct loop *loop, struct peer *peer);

/* Whether a worker was asked to load the session and its answer was not handled yet. */
static inline bool exchange_awaits_session(const struct exchange *exchange)
{
    return atomic_load(&exchange->visitor.lookup) != LOOKUP_NONE;
}

/* End the exchange: release the call's memory, close the reply's file, and return it to the loop's
 * pool. If it is still in the done-queue, this is done when the loop takes it from there. */
void exchange_end(struct exchange *exchange);

#endif

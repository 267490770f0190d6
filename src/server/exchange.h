/*
 * Exchange: one request and its answer, on its way through the server. For src/server only.
 *
 * An exchange belongs to its connection's loop. While a worker or a lane has it, the connection is
 * suspended and the loop does not touch it until it returns through the done-queue. Exchanges are
 * pooled per loop, so that a request that fits into the arena's first block costs no malloc.
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

/* How far an exchange has come. */
enum stage {
    STAGE_HEADERS, /* nothing checked yet */
    STAGE_BODY_FIRST, /* receiving the body; then a worker loads the session */
    STAGE_BODY, /* admitted; receiving the body */
    STAGE_LOADING_SESSION, /* a worker is loading the session */
    STAGE_DECIDED, /* the answer is known; a small body is read and dropped first */
    STAGE_PENDING, /* with a worker or a lane */
    STAGE_ANSWERED, /* answered, or being answered */
    STAGE_LINGER, /* the answer was written to the socket directly; the rest of the body is read and
                     dropped */
};

/* Whether it has failed, and when. */
enum outcome {
    OUTCOME_NONE, /* no failure so far; `reply` will be the answer */
    OUTCOME_REFUSED, /* at admission: `call.fault` is the answer, and nothing has run */
    OUTCOME_FAILED, /* after admission: `call.fault` is the answer */
};

/* What is known of a session that a worker was asked to load. */
enum session_lookup {
    LOOKUP_NONE,
    LOOKUP_PENDING, /* the worker has not answered yet */
    LOOKUP_FOUND, /* `visitor.session` has it */
    LOOKUP_NOT_FOUND,
    LOOKUP_FAILED, /* `call.fault` has the reason */
};

/* What a worker shall do with it: load the session, or run the handler. */
enum task { TASK_SESSION, TASK_CALL };

/* Who sent the request. */
struct visitor {
    const char *cookie; /* the session cookie; NULL if there is none */
    struct session_view session;
    bool counts; /* the request counts as activity of the person */
    _Atomic enum session_lookup lookup; /* set by the worker's thread */
};

/* One request, its answer, and where both stand. */
struct exchange {
    struct call call;
    struct request request;
    struct reply reply;
    struct batch batch;
    struct feed_listener listener;
    struct visitor visitor;
    const struct asset *asset;

    /* Used by the loop. */
    struct loop *loop;
    struct peer *peer;
    int64_t began_us;
    enum stage stage;
    enum outcome outcome; /* also by the worker, while it has the exchange */
    bool suspended;
    bool closes; /* close the connection after this answer */

    /* For the reply's headers. */
    bool encoded; /* the body is gzip */
    char etag[24]; /* "" if there is none */

    /* Used by the workers' queue, or by the loop's pool. */
    struct exchange *next;
    enum task task;

    /* Used by the loop's done-queue, under its lock. */
    struct exchange *done_next;
    bool queued;
    bool orphan; /* ended while it was queued; the loop ends it when it takes it from the queue */
};

/* An exchange from the loop's pool, or a new one. */
struct exchange *exchange_new(struct loop *loop, struct peer *peer);

/* Whether a worker was asked to load the session and its answer was not handled yet. */
static inline bool exchange_awaits_session(const struct exchange *exchange)
{
    return atomic_load(&exchange->visitor.lookup) != LOOKUP_NONE;
}

/* Return it to the pool. The call's memory is released. */
void exchange_end(struct exchange *exchange);

#endif

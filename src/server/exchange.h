/*
 * Exchange: one request and its answer, on its way through the server. For src/server only.
 *
 * An exchange belongs to its connection's loop. A worker or a lane may hold it for a while; then
 * the connection is suspended and the loop leaves it alone until it comes back on the done-queue.
 * Exchanges are pooled per loop, so that a request that fits into the arena's first block costs no
 * malloc.
 */
#ifndef SERVER_EXCHANGE_H
#define SERVER_EXCHANGE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "http/feed_listener.h"
#include "http/reply.h"
#include "http/request_parts.h"
#include "http/ticket.h"
#include "session/session.h"

struct asset;
struct loop;
struct peer;

enum stage {
    STAGE_HEADERS, /* nothing looked at yet */
    STAGE_BODY_FIRST, /* the body comes in; then a worker is asked for the session */
    STAGE_BODY, /* admitted: the body comes in */
    STAGE_LOADING_SESSION, /* with that worker */
    STAGE_DECIDED, /* the answer is known; a small body is swallowed first */
    STAGE_PENDING, /* with a worker or a lane */
    STAGE_ANSWERED, /* answered, or being answered */
    STAGE_LINGER, /* the last words were said on the socket; what still comes is swallowed */
};

enum outcome {
    OUTCOME_NONE, /* nothing went wrong so far; in the end, `reply` is the answer */
    OUTCOME_REFUSED, /* at the door: `call.fault` is the answer, and nothing ran */
    OUTCOME_FAILED, /* later: `call.fault` is the answer */
};

/* What a worker was asked about the session. */
enum session_lookup {
    LOOKUP_NONE,
    LOOKUP_PENDING, /* for its answer */
    LOOKUP_FOUND, /* there is such a session, and `admission.session` is it */
    LOOKUP_NOT_FOUND,
    LOOKUP_FAILED, /* `call.fault` says why */
};

enum task { TASK_SESSION, TASK_CALL };

/* Who asks. */
struct visitor {
    const char *cookie; /* the session's; NULL when none came */
    struct session_view session;
    bool counts; /* the request is activity of the person */
    _Atomic enum session_lookup lookup; /* the worker's answer comes from its thread */
};

struct exchange {
    struct call call;
    struct request request;
    struct reply reply;
    struct ticket ticket;
    struct feed_listener listener;
    struct visitor visitor;
    const struct asset *asset;

    /* The loop's. */
    struct loop *loop;
    struct peer *peer;
    int64_t began_us;
    enum stage stage;
    enum outcome outcome; /* also the worker's, while it has the exchange */
    bool suspended;
    bool closes; /* the connection, after this answer */

    /* What the reply's headers say besides. */
    bool encoded; /* its body is gzip */
    char etag[24]; /* "" for none */

    /* The workers' queue, or the loop's pool. */
    struct exchange *next;
    enum task task;

    /* The loop's done-queue; its lock guards these. */
    struct exchange *done_next;
    bool queued;
    bool orphan; /* ended while it was queued: the loop ends it when it comes by */
};

/* From the loop's pool, or new. */
struct exchange *exchange_new(struct loop *loop, struct peer *peer);

/* A worker was asked for the session, and its answer was not looked at yet. */
static inline bool exchange_awaits_session(const struct exchange *exchange)
{
    return atomic_load(&exchange->visitor.lookup) != LOOKUP_NONE;
}

/* Back to the pool: the call's memory ends here. */
void exchange_end(struct exchange *exchange);

#endif

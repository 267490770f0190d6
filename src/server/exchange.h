/*
 * Exchange: one request and its answer, on its way through the server. For src/http only.
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

#include "auth/session.h"
#include "http/feed_listener.h"
#include "http/reply.h"
#include "http/request_parts.h"
#include "http/ticket.h"

struct asset;
struct loop;
struct peer;

enum stage {
    STAGE_HEADERS, /* nothing looked at yet */
    STAGE_BODY_FIRST, /* the body comes in; then a worker is asked for the session */
    STAGE_BODY, /* admitted: the body comes in */
    STAGE_ASKED, /* with that worker */
    STAGE_DECIDED, /* the answer is known; a small body is swallowed first */
    STAGE_AWAY, /* with a worker or a lane */
    STAGE_SAID, /* answered, or being answered */
    STAGE_LINGER, /* the last words were said on the socket; what still comes is swallowed */
};

enum task { TASK_SESSION, TASK_CALL };

struct exchange {
    struct call call;
    struct request request;
    struct reply reply;
    struct ticket ticket;
    struct listener listener;
    struct session_view session;
    struct loop *loop;
    struct peer *peer;
    const struct asset *asset;
    const char *cookie; /* the session's; NULL when none came */
    enum stage stage;
    enum task task;
    bool failed; /* call->fault is the answer */
    bool refused; /* failed at the door: nothing ran */
    bool counts; /* the request is activity of the person */
    bool asking; /* a worker loads the listener's session */
    bool known; /* there is such a session; set by that worker */
    atomic_bool asked; /* it has */
    bool suspended;
    bool ending; /* the connection closes after this answer */
    bool packed; /* the reply's body is gzip */
    char etag[24]; /* of the reply; "" for none */
    int64_t began_us;
    struct exchange *next; /* in the workers' queue or in the pool */
    struct exchange *done_next; /* on the loop's done-queue */
    bool queued; /* on the done-queue; its lock guards this and the next */
    bool orphan; /* ended while it was queued: the loop ends it when it comes by */
};

/* From the loop's pool, or new. */
struct exchange *exchange_new(struct loop *loop, struct peer *peer);

/* Back to the pool: the call's memory ends here. */
void exchange_end(struct exchange *exchange);

#endif

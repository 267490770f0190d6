#include "server/dispatch.h"

#include <assert.h>
#include <string.h>

#include "server/admission.h"
#include "server/encode.h"
#include "server/loop.h"
#include "server/send.h"
#include "server/stream.h"
#include "server/worker.h"

/* A refused body up to this size is read, so that the connection can go on after the refusal. */
#define SWALLOW_MAX ((uint64_t)64 * 1024)

/* Each so many bytes of a body have the body's whole time: a large file may take longer. */
#define UPLOAD_PIECE ((size_t)1024 * 1024)

/*
 * libmicrohttpd is about to split the query too, into records that fill the connection's memory: a
 * few hundred parameters, and it never answers. We read the query ourselves, so it is cut off in
 * the library's buffer, which the library itself writes to in a moment.
 */
static void hide_query(const char *uri)
{
    char *question = strchr(uri, '?');

    if (question)
        question[1] = '\0';
}

void *dispatch_uri(void *loop, const char *uri, struct MHD_Connection *connection)
{
    struct peer *peer =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    struct exchange *exchange = exchange_new(loop, peer);

    exchange->request.connection = connection;
    request_take_uri(&exchange->call, &exchange->request, uri);
    hide_query(uri);
    return exchange;
}

/* The connection rests until loop_return(). */
static enum MHD_Result wait_for_return(struct exchange *exchange)
{
    exchange->loop->pending++;
    loop_suspend(exchange);
    return MHD_YES;
}

static bool can_swallow(const struct exchange *exchange)
{
    const struct request *request = &exchange->request;

    return !request->guard.chunked && !request->headers[HEADER_EXPECT]
        && request->guard.content_length <= SWALLOW_MAX;
}

/* libmicrohttpd can't be told now, and what is still to come isn't worth waiting for. */
static void dispatch_hang_up(struct exchange *exchange)
{
    if (exchange->outcome == OUTCOME_NONE) {
        exchange->outcome = OUTCOME_FAILED;
        exchange->reply = (struct reply){ 0 };
        (void)fail(&exchange->call, FAULT_TOO_LARGE, "a body where none is taken");
    }
    send_raw_problem(exchange);
    peer_wait(exchange->peer, WAIT_LINGER);
}

/*
 * The answer is known. It is said at the request's end, or libmicrohttpd would close the
 * connection; after a request that the guard didn't like, that is just right.
 */
static void dispatch_decide(struct exchange *exchange)
{
    const bool trusted = !exchange->closes;

    if (trusted && (!guard_expects_body(&exchange->request.guard) || can_swallow(exchange)))
        exchange->stage = STAGE_DECIDED;
    else
        dispatch_hang_up(exchange);
}

static enum MHD_Result fail_early(struct exchange *exchange)
{
    exchange->outcome = OUTCOME_FAILED;
    return send_reply(exchange);
}

static enum MHD_Result dispatch_begin(
    struct exchange *exchange, const char *url, const char *method, const char *version)
{
    const enum admission admission = admission_check(exchange, url, method, version);
    const bool body = guard_expects_body(&exchange->request.guard);

    peer_wait(exchange->peer, body ? WAIT_BODY : WAIT_NOTHING);
    exchange->stage = admission == ADMISSION_NEEDS_SESSION ? STAGE_BODY_FIRST : STAGE_BODY;
    if (admission == ADMISSION_ANSWERED)
        dispatch_decide(exchange);
    exchange->closes |= exchange->request.guard.chunked; /* see guard.h */
    return MHD_YES;
}

static enum MHD_Result dispatch_run_call(struct exchange *exchange)
{
    struct call *call = &exchange->call;

    if (!worker_queue_call(exchange)) {
        (void)fail(call, FAULT_OVERLOADED, "all workers are busy");
        return fail_early(exchange);
    }
    exchange->stage = STAGE_PENDING;
    return wait_for_return(exchange);
}

static enum MHD_Result answer_batch(struct exchange *exchange)
{
    if (batch_end(&exchange->call, &exchange->request, &exchange->batch, &exchange->reply)) {
        encode_reply(exchange);
    } else {
        exchange->outcome = OUTCOME_FAILED;
        exchange->reply = (struct reply){ 0 };
    }
    return send_reply(exchange);
}

static enum MHD_Result run_batch(struct exchange *exchange)
{
    if (!batch_begin(&exchange->call, &exchange->request, &exchange->batch))
        return fail_early(exchange);
    if (!exchange->batch.expected)
        return answer_batch(exchange);
    exchange->stage = STAGE_PENDING;
    return wait_for_return(exchange);
}

static enum MHD_Result run_feed(struct exchange *exchange)
{
    if (exchange->loop->closing) {
        (void)fail(&exchange->call, FAULT_OVERLOADED, "the server is stopping");
        return fail_early(exchange);
    }
    if (!exchange->request.head) {
        stream_open(exchange);
        peer_wait(exchange->peer, WAIT_HEARTBEAT);
    }
    return send_feed(exchange);
}

/* The body is complete. */
static enum MHD_Result dispatch_run(struct exchange *exchange)
{
    const struct route *route = exchange->request.route;

    peer_wait(exchange->peer, WAIT_NOTHING);
    if (route->batch)
        return run_batch(exchange);
    return route->feed ? run_feed(exchange) : dispatch_run_call(exchange);
}

/*
 * The session is asked for when the body is there: a connection that libmicrohttpd 0.9.75 suspends
 * before that is told its headers twice.
 */
static enum MHD_Result dispatch_load_session(struct exchange *exchange)
{
    peer_wait(exchange->peer, WAIT_NOTHING);
    if (!worker_load_session(exchange)) {
        (void)fail(&exchange->call, FAULT_OVERLOADED, "no worker to look up the session");
        return fail_early(exchange);
    }
    exchange->stage = STAGE_LOADING_SESSION;
    return wait_for_return(exchange);
}

static enum MHD_Result run_asked(struct exchange *exchange)
{
    return admission_check_again(exchange) == ADMISSION_GRANTED ? dispatch_run(exchange)
                                                                : send_reply(exchange);
}

static enum MHD_Result take_body(struct exchange *exchange, const char *bytes, size_t *length)
{
    struct request *request = &exchange->request;
    const size_t before = request->length / UPLOAD_PIECE;

    if (!request_take_body(&exchange->call, request, bytes, *length)) {
        exchange->outcome = OUTCOME_FAILED;
        dispatch_hang_up(exchange);
    } else if (request->length / UPLOAD_PIECE != before) {
        peer_wait(exchange->peer, WAIT_BODY);
    }
    *length = 0;
    return MHD_YES;
}

static enum MHD_Result answer_decided(struct exchange *exchange, size_t *length)
{
    if (*length) {
        *length = 0;
        return MHD_YES;
    }
    peer_wait(exchange->peer, WAIT_NOTHING);
    return exchange->asset ? send_asset(exchange) : send_reply(exchange);
}

/* The body's end is the connection's. */
static enum MHD_Result swallow_rest(size_t *length)
{
    const enum MHD_Result more = *length ? MHD_YES : MHD_NO;

    *length = 0;
    return more;
}

enum MHD_Result dispatch_request(void *loop, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_size,
    void **context)
{
    struct exchange *exchange = *context;

    (void)loop;
    (void)connection;
    switch (exchange->stage) {
    case STAGE_HEADERS:
        return dispatch_begin(exchange, url, method, version);
    case STAGE_BODY_FIRST:
        return *upload_size ? take_body(exchange, upload, upload_size)
                            : dispatch_load_session(exchange);
    case STAGE_BODY:
        return *upload_size ? take_body(exchange, upload, upload_size) : dispatch_run(exchange);
    case STAGE_LOADING_SESSION:
        return run_asked(exchange);
    case STAGE_DECIDED:
        return answer_decided(exchange, upload_size);
    case STAGE_PENDING:
        return exchange->request.route->batch ? answer_batch(exchange) : send_reply(exchange);
    case STAGE_ANSWERED:
    case STAGE_LINGER:
        break;
    }
    return swallow_rest(upload_size);
}

void dispatch_refuse(struct exchange *exchange, const char *why)
{
    exchange->outcome = OUTCOME_REFUSED;
    exchange->request.verb = "-"; /* for the log: we have not been told the method */
    (void)fail(&exchange->call, FAULT_BAD_INPUT, "%s", why);
    admission_name(exchange);
    send_raw_problem(exchange);
}

void dispatch_completed(void *loop, struct MHD_Connection *connection, void **context,
    enum MHD_RequestTerminationCode why)
{
    struct exchange *exchange = *context;

    (void)loop;
    (void)connection;
    (void)why;
    if (!exchange)
        return;

    struct peer *peer = exchange->peer;
    const bool closing = exchange->loop->closing;

    assert(!exchange->suspended);
    feed_listener_close(&exchange->listener);
    exchange_end(exchange);
    *context = NULL;
    peer->exchange = NULL;
    if (closing)
        peer_shut_down(peer);
    else
        peer_wait(peer, WAIT_NEXT);
}

void dispatch_returned(struct exchange *exchange)
{
    if (exchange->listener.channel) {
        stream_returned(exchange);
        return;
    }
    exchange->loop->pending--;
    loop_resume(exchange);
}

#include "http/dispatch.h"

#include <assert.h>

#include "http/door.h"
#include "http/loop.h"
#include "http/send.h"
#include "http/worker.h"

/* A refused body up to this size is read, so that the connection can go on after the refusal. */
#define SWALLOW_MAX ((uint64_t)64 * 1024)

void *dispatch_uri(void *loop, const char *uri, struct MHD_Connection *connection)
{
    struct peer *peer =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    struct exchange *exchange = exchange_new(loop, peer);

    exchange->request.connection = connection;
    request_take_uri(&exchange->call, &exchange->request, uri);
    return exchange;
}

/* The connection rests until loop_done(). */
static enum MHD_Result send_away(struct exchange *exchange)
{
    exchange->loop->away++;
    loop_suspend(exchange);
    return MHD_YES;
}

static bool can_swallow(const struct exchange *exchange)
{
    const struct request *request = &exchange->request;

    return !exchange->ending && !request->guard.chunked && !request->headers[HEADER_EXPECT]
        && request->guard.content_length <= SWALLOW_MAX;
}

/* Where a body is still to come, libmicrohttpd can't be told an answer. */
static enum MHD_Result answer_early(struct exchange *exchange)
{
    if (exchange->stage == STAGE_HEADERS && guard_expects_body(&exchange->request.guard)) {
        if (exchange->failed && can_swallow(exchange)) {
            exchange->stage = STAGE_BODY;
            return MHD_YES;
        }
        send_last_words(exchange);
        peer_wait(exchange->peer, WAIT_LINGER);
        return MHD_YES;
    }
    return exchange->asset ? send_asset(exchange) : send_reply(exchange);
}

static enum MHD_Result fail_early(struct exchange *exchange)
{
    exchange->failed = true;
    return send_reply(exchange);
}

static enum MHD_Result ask(struct exchange *exchange)
{
    exchange->asking = true;
    exchange->stage = STAGE_BODY;
    if (worker_push(exchange, TASK_SESSION))
        return send_away(exchange);

    exchange->asking = false;
    exchange->failed = true;
    exchange->stage = STAGE_HEADERS;
    (void)fail(&exchange->call, FAULT_OVERLOADED, "no worker to look up the session");
    return answer_early(exchange);
}

static enum MHD_Result take_in(struct exchange *exchange, enum door door)
{
    switch (door) {
    case DOOR_OPEN:
        exchange->stage = STAGE_BODY;
        return MHD_YES;
    case DOOR_ANSWER:
        return answer_early(exchange);
    case DOOR_ASK:
        break;
    }
    return ask(exchange);
}

static enum MHD_Result begin(struct exchange *exchange, const char *method, const char *version)
{
    const enum door door = door_enter(exchange, method, version);
    const bool body = guard_expects_body(&exchange->request.guard);

    peer_wait(exchange->peer, body ? WAIT_BODY : WAIT_NOTHING);
    return take_in(exchange, door);
}

static enum MHD_Result run_call(struct exchange *exchange)
{
    struct call *call = &exchange->call;

    if (!worker_push(exchange, TASK_CALL)) {
        (void)fail(call, FAULT_OVERLOADED, "all workers are busy");
        return fail_early(exchange);
    }
    exchange->stage = STAGE_AWAY;
    return send_away(exchange);
}

static enum MHD_Result answer_lane(struct exchange *exchange)
{
    const struct lane_route *lane = exchange->request.route->lane;

    exchange->failed = !lane->answer(&exchange->call, &exchange->ticket, &exchange->reply);
    if (exchange->failed)
        exchange->reply = (struct reply){ 0 };
    return send_reply(exchange);
}

static enum MHD_Result run_lane(struct exchange *exchange)
{
    const struct lane_route *lane = exchange->request.route->lane;

    if (!lane->take(&exchange->call, &exchange->request, &exchange->ticket))
        return fail_early(exchange);
    if (!exchange->ticket.expected)
        return answer_lane(exchange);
    exchange->stage = STAGE_AWAY;
    return send_away(exchange);
}

static enum MHD_Result run_feed(struct exchange *exchange)
{
    if (exchange->loop->closing) {
        (void)fail(&exchange->call, FAULT_OVERLOADED, "the server is stopping");
        return fail_early(exchange);
    }
    if (!exchange->request.head) {
        listener_open(exchange, exchange->request.route->feed);
        peer_wait(exchange->peer, WAIT_BEAT);
    }
    return send_feed(exchange);
}

/* The body is complete. */
static enum MHD_Result run(struct exchange *exchange)
{
    const struct route *route = exchange->request.route;

    peer_wait(exchange->peer, WAIT_NOTHING);
    if (exchange->failed)
        return send_reply(exchange);
    if (route->lane)
        return run_lane(exchange);
    return route->feed ? run_feed(exchange) : run_call(exchange);
}

/* The session was asked for before the body, or what follows it, is looked at. */
static void judge_asked(struct exchange *exchange)
{
    exchange->asking = false;
    if (door_enter_again(exchange) == DOOR_OPEN)
        exchange->stage = STAGE_BODY;
}

static void take_body(struct exchange *exchange, const char *bytes, size_t length)
{
    if (exchange->failed && can_swallow(exchange))
        return;
    if (!exchange->failed && request_take_body(&exchange->call, &exchange->request, bytes, length))
        return;

    exchange->failed = true;
    send_last_words(exchange);
    peer_wait(exchange->peer, WAIT_LINGER);
}

static enum MHD_Result go_on(struct exchange *exchange, const char *bytes, size_t *length)
{
    if (exchange->asking)
        judge_asked(exchange);
    if (!*length)
        return run(exchange);

    take_body(exchange, bytes, *length);
    *length = 0;
    return MHD_YES;
}

enum MHD_Result dispatch_request(void *loop, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_size,
    void **context)
{
    struct exchange *exchange = *context;

    (void)loop;
    (void)connection;
    (void)url;
    switch (exchange->stage) {
    case STAGE_HEADERS:
        return begin(exchange, method, version);
    case STAGE_BODY:
        return go_on(exchange, upload, upload_size);
    case STAGE_AWAY:
        return exchange->request.route->lane ? answer_lane(exchange) : send_reply(exchange);
    case STAGE_SAID:
        *upload_size = 0;
        return MHD_YES;
    case STAGE_LINGER:
        break;
    }

    /* The body's end is the connection's. */
    const enum MHD_Result more = *upload_size ? MHD_YES : MHD_NO;

    *upload_size = 0;
    return more;
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

    assert(!exchange->suspended);
    listener_close(exchange);
    exchange_end(exchange);
    *context = NULL;
    peer->exchange = NULL;
    if (peer->loop->closing)
        peer_shut(peer);
    else
        peer_wait(peer, WAIT_NEXT);
}

static void judge_listener(struct exchange *exchange, bool known, enum role role)
{
    if (!known || !role_may(role, exchange->request.route->may))
        exchange->listener.ended = true;
}

/* What the session is worth now. True when a worker has been asked. */
static bool look_again(struct exchange *exchange)
{
    struct arena scratch = { 0 };
    struct session_view view = { 0 };
    const enum session_answer answer = session_look(&scratch, exchange->cookie, false, &view);

    arena_free(&scratch);
    if (answer == SESSION_ASK) {
        atomic_store(&exchange->asked, false);
        return worker_push(exchange, TASK_SESSION);
    }
    judge_listener(exchange, answer == SESSION_KNOWN, (enum role)view.person.role);
    return false;
}

void dispatch_beat(struct exchange *exchange)
{
    /* Busy sending, or being asked about already. */
    if (!exchange->suspended || exchange->asking)
        return;

    exchange->listener.beat = true;
    if (exchange->request.route->may != ANYONE)
        exchange->asking = look_again(exchange);
    if (exchange->asking)
        exchange->loop->away++;
    else
        loop_resume(exchange);
}

static void back_to_listener(struct exchange *exchange)
{
    if (exchange->asking && !atomic_load(&exchange->asked))
        return;

    if (exchange->asking) {
        exchange->loop->away--;
        exchange->asking = false;

        /* While the database is away nobody is thrown out. */
        if (!exchange->failed)
            judge_listener(exchange, exchange->known, (enum role)exchange->session.person.role);
        exchange->failed = false;
        fail_clear(&exchange->call);
    }
    if (exchange->loop->closing)
        exchange->listener.ended = true;
    if (exchange->suspended)
        loop_resume(exchange);
}

void dispatch_back(struct exchange *exchange)
{
    if (exchange->listener.channel) {
        back_to_listener(exchange);
        return;
    }
    exchange->loop->away--;
    loop_resume(exchange);
}

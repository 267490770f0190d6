#include "server/stream.h"

#include <stddef.h>

#include "server/loop.h"
#include "server/worker.h"

static void wake(struct feed_listener *listener)
{
    loop_return((struct exchange *)((char *)listener - offsetof(struct exchange, listener)));
}

void stream_open(struct exchange *exchange)
{
    feed_listener_open(&exchange->listener, &exchange->call, exchange->request.route->feed, wake);
}

static void judge_listener(struct exchange *exchange, bool known, enum role role)
{
    if (!known || !role_may(role, exchange->request.route->permission))
        exchange->listener.ended = true;
}

/* If no worker is free, the check stays due. */
static void load_session_again(struct exchange *exchange)
{
    if (worker_load_session(exchange))
        exchange->loop->pending++;
    else
        atomic_store(&exchange->listener.must_check_session, true);
}

/* What the session is worth now. */
static void check_session(struct exchange *exchange)
{
    struct arena scratch = { 0 };
    struct session_view view = { 0 };

    /* First of all, so that a change from here on requires a new check. */
    atomic_store(&exchange->listener.must_check_session, false);

    const enum session_answer answer =
        session_find_cached(&scratch, exchange->visitor.cookie, false, &view);

    arena_free(&scratch);
    if (answer == SESSION_NOT_CACHED)
        load_session_again(exchange);
    else
        judge_listener(exchange, answer == SESSION_KNOWN, (enum role)view.person.role);
}

static void stream_go_on(struct exchange *exchange)
{
    if (exchange->loop->closing)
        exchange->listener.ended = true;
    if (exchange->listener.ended || !atomic_load(&exchange->listener.must_check_session))
        loop_resume(exchange);
}

void stream_heartbeat(struct peer *peer)
{
    struct exchange *exchange = peer->exchange;

    /* Busy sending, or being asked about already. */
    if (!exchange->suspended || exchange_awaits_session(exchange))
        return;

    exchange->listener.heartbeat_due = true;
    if (exchange->listener.user_id)
        check_session(exchange);
    if (!exchange_awaits_session(exchange))
        stream_go_on(exchange);
}

/* While the database is away nobody is thrown out. */
static void take_answer(struct exchange *exchange)
{
    const enum session_lookup lookup = atomic_exchange(&exchange->visitor.lookup, LOOKUP_NONE);

    exchange->loop->pending--;
    if (lookup != LOOKUP_FAILED)
        judge_listener(
            exchange, lookup == LOOKUP_FOUND, (enum role)exchange->visitor.session.person.role);
    fail_clear(&exchange->call);
}

void stream_returned(struct exchange *exchange)
{
    if (atomic_load(&exchange->visitor.lookup) == LOOKUP_PENDING)
        return;
    if (exchange_awaits_session(exchange))
        take_answer(exchange);
    if (!exchange->suspended)
        return;

    if (atomic_load(&exchange->listener.must_check_session))
        check_session(exchange);
    if (!exchange_awaits_session(exchange))
        stream_go_on(exchange);
}

void stream_idle(struct exchange *exchange)
{
    if (atomic_load(&exchange->listener.must_check_session))
        loop_return(exchange);
}

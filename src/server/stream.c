#include "server/stream.h"

#include <stddef.h>

#include "server/loop.h"
#include "server/worker.h"

static void wake(struct listener *listener)
{
    loop_done((struct exchange *)((char *)listener - offsetof(struct exchange, listener)));
}

void stream_open(struct exchange *exchange)
{
    listener_open(&exchange->listener, &exchange->call, exchange->request.route->feed, wake);
}

static void judge_listener(struct exchange *exchange, bool known, enum role role)
{
    if (!known || !role_may(role, exchange->request.route->may))
        exchange->listener.ended = true;
}

/* When no worker is to be had, the doubt stays. */
static void ask_worker(struct exchange *exchange)
{
    if (worker_ask_session(exchange))
        exchange->loop->away++;
    else
        atomic_store(&exchange->listener.doubted, true);
}

/* What the session is worth now. */
static void look_again(struct exchange *exchange)
{
    struct arena scratch = { 0 };
    struct session_view view = { 0 };

    /* First of all: whatever changes from here on is a new doubt. */
    atomic_store(&exchange->listener.doubted, false);

    const enum session_answer answer =
        session_look(&scratch, exchange->admission.cookie, false, &view);

    arena_free(&scratch);
    if (answer == SESSION_ASK)
        ask_worker(exchange);
    else
        judge_listener(exchange, answer == SESSION_KNOWN, (enum role)view.person.role);
}

static void go_on(struct exchange *exchange)
{
    if (exchange->loop->closing)
        exchange->listener.ended = true;
    if (exchange->listener.ended || !atomic_load(&exchange->listener.doubted))
        loop_resume(exchange);
}

void stream_beat(struct peer *peer)
{
    struct exchange *exchange = peer->exchange;

    /* Busy sending, or being asked about already. */
    if (!exchange->suspended || exchange_is_asking(exchange))
        return;

    exchange->listener.beat = true;
    if (exchange->listener.user_id)
        look_again(exchange);
    if (!exchange_is_asking(exchange))
        go_on(exchange);
}

/* While the database is away nobody is thrown out. */
static void take_answer(struct exchange *exchange)
{
    const enum asked asked = atomic_exchange(&exchange->admission.asked, ASKED_NOTHING);

    exchange->loop->away--;
    if (asked != ASKED_FAILED)
        judge_listener(
            exchange, asked == ASKED_KNOWN, (enum role)exchange->admission.session.person.role);
    fail_clear(&exchange->call);
}

void stream_back(struct exchange *exchange)
{
    if (atomic_load(&exchange->admission.asked) == ASKED_WAITING)
        return;
    if (exchange_is_asking(exchange))
        take_answer(exchange);
    if (!exchange->suspended)
        return;

    if (atomic_load(&exchange->listener.doubted))
        look_again(exchange);
    if (!exchange_is_asking(exchange))
        go_on(exchange);
}

void stream_rest(struct exchange *exchange)
{
    if (atomic_load(&exchange->listener.doubted))
        loop_done(exchange);
}

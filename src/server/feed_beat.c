#include "server/exchange.h"
#include "server/loop.h"
#include "server/worker.h"

static void judge_listener(struct exchange *exchange, bool known, enum role role)
{
    if (!known || !role_may(role, exchange->request.route->may))
        exchange->listener.ended = true;
}

/* When none is to be had, the doubt stays. */
static void ask_worker(struct exchange *exchange)
{
    atomic_store(&exchange->asked, false);
    exchange->asking = worker_push(exchange, TASK_SESSION);
    if (exchange->asking)
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

    const enum session_answer answer = session_look(&scratch, exchange->cookie, false, &view);

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

void listener_beat(struct exchange *exchange)
{
    /* Busy sending, or being asked about already. */
    if (!exchange->suspended || exchange->asking)
        return;

    exchange->listener.beat = true;
    if (exchange->listener.user_id)
        look_again(exchange);
    if (!exchange->asking)
        go_on(exchange);
}

static void take_answer(struct exchange *exchange)
{
    exchange->loop->away--;
    exchange->asking = false;

    /* While the database is away nobody is thrown out. */
    if (!exchange->failed)
        judge_listener(exchange, exchange->known, (enum role)exchange->session.person.role);
    exchange->failed = false;
    fail_clear(&exchange->call);
}

void listener_back(struct exchange *exchange)
{
    if (exchange->asking && !atomic_load(&exchange->asked))
        return;
    if (exchange->asking)
        take_answer(exchange);
    if (!exchange->suspended)
        return;

    if (atomic_load(&exchange->listener.doubted))
        look_again(exchange);
    if (!exchange->asking)
        go_on(exchange);
}

void listener_rest(struct exchange *exchange)
{
    if (atomic_load(&exchange->listener.doubted))
        loop_done(exchange);
}

#include "http/exchange.h"
#include "http/loop.h"
#include "http/worker.h"

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

void listener_beat(struct exchange *exchange)
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

void listener_back(struct exchange *exchange)
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

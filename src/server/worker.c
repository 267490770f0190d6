#include "server/worker.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "db/db.h"
#include "server/loop.h"
#include "server/pack.h"

/* A call that keeps losing its race is given up. */
#define TRIES 3

/* How long a call waits for a lost database to come back. */
#define PATIENCE_MS 2000

struct worker {
    pthread_t thread;
    int number;
    struct db *db;
};

static struct {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct exchange *first, *last;
    size_t waiting, most;
    bool stopping;
    int count;
    struct worker *workers;
} pool = { .lock = PTHREAD_MUTEX_INITIALIZER, .filled = PTHREAD_COND_INITIALIZER };

static bool push(struct exchange *exchange, enum task task)
{
    pthread_mutex_lock(&pool.lock);
    const bool room = pool.waiting < pool.most;

    if (room) {
        exchange->task = task;
        exchange->next = NULL;
        if (pool.first)
            pool.last->next = exchange;
        else
            pool.first = exchange;
        pool.last = exchange;
        pool.waiting++;
        pthread_cond_signal(&pool.filled);
    }
    pthread_mutex_unlock(&pool.lock);
    return room;
}

bool worker_run_call(struct exchange *exchange)
{
    return push(exchange, TASK_CALL);
}

bool worker_ask_session(struct exchange *exchange)
{
    atomic_store(&exchange->admission.asked, ASKED_WAITING);
    if (push(exchange, TASK_SESSION))
        return true;
    atomic_store(&exchange->admission.asked, ASKED_NOTHING);
    return false;
}

/* NULL when the pool is stopping and nothing waits. */
static struct exchange *next_exchange(void)
{
    pthread_mutex_lock(&pool.lock);
    while (!pool.first && !pool.stopping)
        pthread_cond_wait(&pool.filled, &pool.lock);

    struct exchange *exchange = pool.first;

    if (exchange) {
        pool.first = exchange->next;
        pool.waiting--;
    }
    pthread_mutex_unlock(&pool.lock);
    return exchange;
}

int workers_waiting(void)
{
    pthread_mutex_lock(&pool.lock);
    const size_t waiting = pool.waiting;
    pthread_mutex_unlock(&pool.lock);
    return (int)waiting;
}

static void forget_reply(struct exchange *exchange)
{
    if (exchange->reply.is_file)
        close(exchange->reply.file);
    exchange->reply = (struct reply){ 0 };
}

static bool run_handler(struct exchange *exchange)
{
    struct call *call = &exchange->call;

    if (!exchange->request.route->call(call, &exchange->request, &exchange->reply))
        return false;
    if (!exchange->reply.status)
        return fail(call, FAULT_INTERNAL, "the handler answered nothing");
    return true;
}

/* One transaction; *sent tells whether the database has heard COMMIT. */
static bool run_once(struct exchange *exchange, bool *sent)
{
    struct call *call = &exchange->call;

    if (!call->db)
        return run_handler(exchange);
    if (!db_begin(call))
        return false;

    const bool done = run_handler(exchange);

    *sent = done || call->fault.keep;
    return db_end(call, done);
}

static bool deserves_another(struct call *call, int tries, bool sent)
{
    if (call->fault.code == FAULT_AGAIN)
        return tries < TRIES;
    if (call->fault.code != FAULT_DATABASE || sent || tries > 1 || !call->db)
        return false;

    fail_clear(call);
    return db_ready(call, PATIENCE_MS);
}

static bool run_call(struct exchange *exchange)
{
    for (int tries = 1;; tries++) {
        bool sent = false;

        if (run_once(exchange, &sent))
            return true;
        if (!deserves_another(&exchange->call, tries, sent))
            return false;
        fail_clear(&exchange->call);
        forget_reply(exchange);
    }
}

static enum asked load_session(struct exchange *exchange)
{
    struct admission *admission = &exchange->admission;
    bool known = false;

    if (!session_load(
            &exchange->call, admission->cookie, admission->counts, &admission->session, &known))
        return ASKED_FAILED;
    return known ? ASKED_KNOWN : ASKED_UNKNOWN;
}

static void answer_call(struct exchange *exchange)
{
    if (!run_call(exchange)) {
        exchange->outcome = OUTCOME_FAILED;
        forget_reply(exchange);
        reply_problem(&exchange->call, &exchange->reply);
    }
    pack_reply(exchange);
}

static enum asked do_task(struct exchange *exchange)
{
    if (exchange->task == TASK_SESSION)
        return load_session(exchange);
    answer_call(exchange);
    return ASKED_NOTHING;
}

static void *run(void *closure)
{
    struct worker *worker = closure;
    struct exchange *exchange;
    char name[16];

    snprintf(name, sizeof name, "worker-%d", worker->number);
    pthread_setname_np(pthread_self(), name);

    while ((exchange = next_exchange())) {
        exchange->call.db = worker->db;

        const enum asked asked = do_task(exchange);

        exchange->call.db = NULL;
        loop_answer(exchange, asked);
    }
    return NULL;
}

static void start(struct worker *worker, int number, const char *conninfo)
{
    char name[32];

    snprintf(name, sizeof name, "worker-%d", number);
    worker->number = number;
    worker->db = conninfo ? db_open(conninfo, name) : NULL;
    if (pthread_create(&worker->thread, NULL, run, worker) != 0)
        abort();
}

void workers_start(const struct server_settings *settings)
{
    pool.stopping = false;
    pool.most = settings->queue_max;
    pool.count = settings->workers;
    pool.workers = calloc((size_t)settings->workers, sizeof *pool.workers);
    if (!pool.workers)
        abort();
    for (int i = 0; i < pool.count; i++)
        start(&pool.workers[i], i, settings->conninfo);
}

void workers_stop(void)
{
    pthread_mutex_lock(&pool.lock);
    pool.stopping = true;
    pthread_cond_broadcast(&pool.filled);
    pthread_mutex_unlock(&pool.lock);

    for (int i = 0; i < pool.count; i++) {
        pthread_join(pool.workers[i].thread, NULL);
        if (pool.workers[i].db)
            db_close(pool.workers[i].db);
    }
    free(pool.workers);
    pool.workers = NULL;
    pool.count = 0;
}

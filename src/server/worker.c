#include "server/worker.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "db/db.h"
#include "metric/metric.h"
#include "server/encode.h"
#include "server/loop.h"

/* A call that keeps losing its race is given up. */
#define TRIES 3

/* How long a call waits for a lost database to come back. */
#define WORKER_PATIENCE_MS 2000

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
    unsigned queue; /* its value of the metrics' label */
    struct worker *workers;
} worker_pool = { .lock = PTHREAD_MUTEX_INITIALIZER, .filled = PTHREAD_COND_INITIALIZER };

static bool worker_push(struct exchange *exchange, enum task task)
{
    pthread_mutex_lock(&worker_pool.lock);
    const bool room = worker_pool.waiting < worker_pool.most;

    if (room) {
        exchange->task = task;
        exchange->queued_us = clock_us();
        exchange->next = NULL;
        if (worker_pool.first)
            worker_pool.last->next = exchange;
        else
            worker_pool.first = exchange;
        worker_pool.last = exchange;
        worker_pool.waiting++;
        metric_add(METRIC_QUEUED + worker_pool.queue, 1);
        pthread_cond_signal(&worker_pool.filled);
    }
    pthread_mutex_unlock(&worker_pool.lock);
    return room;
}

bool worker_queue_call(struct exchange *exchange)
{
    return worker_push(exchange, TASK_CALL);
}

bool worker_load_session(struct exchange *exchange)
{
    atomic_store(&exchange->visitor.lookup, LOOKUP_PENDING);
    if (worker_push(exchange, TASK_SESSION))
        return true;
    atomic_store(&exchange->visitor.lookup, LOOKUP_NONE);
    return false;
}

/* NULL when the pool is stopping and nothing waits. */
static struct exchange *next_exchange(void)
{
    pthread_mutex_lock(&worker_pool.lock);
    while (!worker_pool.first && !worker_pool.stopping)
        pthread_cond_wait(&worker_pool.filled, &worker_pool.lock);

    struct exchange *exchange = worker_pool.first;

    if (exchange) {
        worker_pool.first = exchange->next;
        worker_pool.waiting--;
        metric_add(METRIC_QUEUED + worker_pool.queue, -1);
    }
    pthread_mutex_unlock(&worker_pool.lock);
    return exchange;
}

int workers_waiting(void)
{
    pthread_mutex_lock(&worker_pool.lock);
    const size_t waiting = worker_pool.waiting;
    pthread_mutex_unlock(&worker_pool.lock);
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

/* One transaction; *sent says whether COMMIT was sent to the database. */
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

static bool should_retry(struct call *call, int tries, bool sent)
{
    if (call->fault.code == FAULT_AGAIN)
        return tries < TRIES;
    if (call->fault.code != FAULT_DATABASE || sent || tries > 1 || !call->db)
        return false;

    fail_clear(call);
    return db_connect(call, WORKER_PATIENCE_MS);
}

static bool worker_run_transaction(struct exchange *exchange)
{
    for (int tries = 1;; tries++) {
        bool sent = false;

        if (run_once(exchange, &sent))
            return true;
        if (!should_retry(&exchange->call, tries, sent))
            return false;
        fail_clear(&exchange->call);
        forget_reply(exchange);
    }
}

/* Only reads, so a connection that turns out to be broken costs one more try. */
static enum session_lookup load_session(struct exchange *exchange)
{
    struct visitor *visitor = &exchange->visitor;
    struct call *call = &exchange->call;
    bool known = false;

    for (int tries = 1;
         !session_load(call, visitor->cookie, visitor->counts, &visitor->session, &known);
         tries++) {
        if (!should_retry(call, tries, false))
            return LOOKUP_FAILED;
        fail_clear(call);
    }
    return known ? LOOKUP_FOUND : LOOKUP_NOT_FOUND;
}

static void answer_call(struct exchange *exchange)
{
    if (!worker_run_transaction(exchange)) {
        exchange->outcome = OUTCOME_FAILED;
        forget_reply(exchange);
        reply_problem(&exchange->call, &exchange->reply);
    }
    encode_reply(exchange);
}

static enum session_lookup do_task(struct exchange *exchange)
{
    if (exchange->task == TASK_SESSION)
        return load_session(exchange);
    answer_call(exchange);
    return LOOKUP_NONE;
}

/* The task, and how long it has waited. */
static enum session_lookup do_timed(struct exchange *exchange, struct db *db)
{
    const int64_t waited_us = clock_us() - exchange->queued_us;
    const int64_t before_us = db ? db_busy_us(db) : 0;

    exchange->call.db = db;
    exchange->queue_us += waited_us;
    metric_observe_us(METRIC_QUEUE_SECONDS + worker_pool.queue * METRIC_HISTOGRAM_WIDTH, waited_us);

    const enum session_lookup lookup = do_task(exchange);

    exchange->call.db = NULL;
    exchange->db_us += db ? db_busy_us(db) - before_us : 0;
    return lookup;
}

static void *worker_run(void *closure)
{
    struct worker *worker = closure;
    struct exchange *exchange;
    char name[16];

    snprintf(name, sizeof name, "worker-%d", worker->number);
    pthread_setname_np(pthread_self(), name);

    while ((exchange = next_exchange()))
        loop_return_session(exchange, do_timed(exchange, worker->db));
    return NULL;
}

static void worker_start(struct worker *worker, int number, const char *conninfo)
{
    char name[32];

    snprintf(name, sizeof name, "worker-%d", number);
    worker->number = number;
    worker->db = conninfo ? db_open(conninfo, name) : NULL;
    if (pthread_create(&worker->thread, NULL, worker_run, worker) != 0)
        abort();
}

void workers_start(const struct server_settings *settings)
{
    worker_pool.stopping = false;
    worker_pool.queue = metric_find(LABEL_QUEUE, "worker");
    worker_pool.most = settings->queue_max;
    worker_pool.count = settings->workers;
    worker_pool.workers = calloc((size_t)settings->workers, sizeof *worker_pool.workers);
    if (!worker_pool.workers)
        abort();
    for (int i = 0; i < worker_pool.count; i++)
        worker_start(&worker_pool.workers[i], i, settings->conninfo);
}

void workers_stop(void)
{
    pthread_mutex_lock(&worker_pool.lock);
    worker_pool.stopping = true;
    pthread_cond_broadcast(&worker_pool.filled);
    pthread_mutex_unlock(&worker_pool.lock);

    for (int i = 0; i < worker_pool.count; i++) {
        pthread_join(worker_pool.workers[i].thread, NULL);
        if (worker_pool.workers[i].db)
            db_close(worker_pool.workers[i].db);
    }
    free(worker_pool.workers);
    worker_pool.workers = NULL;
    worker_pool.count = 0;
}

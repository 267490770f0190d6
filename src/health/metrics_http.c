#include "health/metrics_http.h"

#include <openssl/crypto.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/text.h"
#include "health/database_figures.h"
#include "health/machine.h"
#include "jobs/job.h"
#include "metric/metric.h"
#include "metric/metric_text.h"

#define BEARER "Bearer "

/* PostgreSQL is asked again after this long, however often /metrics is read. */
#define ASK_EVERY_US INT64_C(5000000)

/* What a request that asks PostgreSQL has to remember: nothing. */
struct metrics_ask {
    char unused;
};

static const char *metrics_token;
static atomic_llong asked_at_us;

/* The series that are figures of PostgreSQL. */
static const struct {
    enum metric_place place;
    size_t offset;
} database_series[] = {
    { METRIC_PG_USED, offsetof(struct database_figures, sessions) },
    { METRIC_PG_MAX, offsetof(struct database_figures, sessions_max) },
    { METRIC_PG_BYTES, offsetof(struct database_figures, database_bytes) },
    { METRIC_PG_OLDEST, offsetof(struct database_figures, oldest_us) },
    { METRIC_PG_WAL, offsetof(struct database_figures, wal_bytes) },
    { METRIC_PG_DEADLOCKS, offsetof(struct database_figures, deadlocks) },
    { METRIC_PG_HITS, offsetof(struct database_figures, cache_hits) },
    { METRIC_PG_READS, offsetof(struct database_figures, cache_reads) },
    { METRIC_PG_COMMITS, offsetof(struct database_figures, commits) },
    { METRIC_PG_ROLLBACKS, offsetof(struct database_figures, rollbacks) },
    { METRIC_PG_STANDBYS, offsetof(struct database_figures, standbys) },
    { METRIC_PG_LAG, offsetof(struct database_figures, lag_bytes) },
};

static void fill(enum metric_place first, enum metric_place last, int64_t value)
{
    for (unsigned place = first; place <= (unsigned)last; place++)
        metric_set(place, value);
}

/* PostgreSQL is away: nothing that it has said holds any more. */
static void forget_database(void)
{
    for (size_t i = 0; i < COUNT_OF(database_series); i++)
        metric_set(database_series[i].place, METRIC_UNKNOWN);
    fill(METRIC_PG_SESSIONS, METRIC_PG_SESSIONS_LAST, METRIC_UNKNOWN);
    fill(METRIC_JOBS, METRIC_JOBS_LAST, METRIC_UNKNOWN);
    metric_set(METRIC_PG_UP, 0);
}

void metrics_start(const char *token)
{
    metrics_token = token;
    metric_name(LABEL_VERSION, 0, TRACETRACK_VERSION);
    metric_set(METRIC_BUILD, 1);
    for (unsigned state = 1; state < job_state_set.count; state++)
        metric_name(LABEL_STATE, state, job_state_set.words[state]);
    metric_set(METRIC_STARTED, clock_unix() * 1000000);
    forget_database();
}

static void take_figures(const struct database_figures *figures)
{
    for (size_t i = 0; i < COUNT_OF(database_series); i++) {
        int64_t value;

        memcpy(&value, (const char *)figures + database_series[i].offset, sizeof value);
        metric_set(database_series[i].place, value);
    }
    metric_set(METRIC_PG_UP, 1);
}

static void take_uses(const struct list *rows)
{
    const struct pool_use *uses = rows->items;

    fill(METRIC_PG_SESSIONS, METRIC_PG_SESSIONS_LAST, 0);
    for (size_t i = 0; i < rows->count; i++)
        metric_add(METRIC_PG_SESSIONS + metric_find(LABEL_USE, uses[i].use), uses[i].sessions);
}

static void take_jobs(const struct list *rows)
{
    const struct jobs_in_state *states = rows->items;

    fill(METRIC_JOBS, METRIC_JOBS_LAST, 0);
    for (size_t i = 0; i < rows->count; i++)
        metric_set(METRIC_JOBS + word_set_find(&job_state_set, states[i].state), states[i].jobs);
}

static bool metrics_work(struct call *call, void *const *records, size_t count)
{
    struct database_figures figures;
    struct list uses, jobs;

    (void)records;
    (void)count;
    if (!database_figures(call, &figures) || !pool_uses(call, &uses) || !jobs_by_state(call, &jobs))
        return false;
    take_figures(&figures);
    take_uses(&uses);
    take_jobs(&jobs);
    return true;
}

static int metrics_lanes(const struct config *config)
{
    (void)config;
    return 1;
}

/* A lane, so that no worker is needed, which may be what is wanting. */
static const struct batch_kind metrics_kind = {
    .name = "metrics",
    .size = sizeof(struct metrics_ask),
    .waiting_max = 16,
    .lanes = metrics_lanes,
    .work = metrics_work,
};

static bool has_token(const struct request *request)
{
    const char *sent = request_header(request, "Authorization");

    if (!metrics_token || !sent || strncasecmp(sent, BEARER, strlen(BEARER)) != 0)
        return false;
    sent += strlen(BEARER);
    return strlen(sent) == strlen(metrics_token)
        && CRYPTO_memcmp(sent, metrics_token, strlen(sent)) == 0;
}

/* Whether it is time, and nobody else asks. */
static bool should_ask(void)
{
    const int64_t now_us = clock_us();
    long long before = atomic_load(&asked_at_us);

    return (before == 0 || now_us - before >= ASK_EVERY_US)
        && atomic_compare_exchange_strong(&asked_at_us, &before, now_us);
}

static bool metrics_read(struct call *call, const struct request *request, struct batch *batch)
{
    if (!request_is_local(call, request) && !has_token(request))
        return fail(call, FAULT_FORBIDDEN, "neither from this machine nor with the token");
    if (should_ask())
        (void)batch_records(call, batch, &metrics_kind, 1);
    return true;
}

static void take_process(void)
{
    const struct machine_process process = machine_process();

    metric_set(METRIC_RESIDENT, process.resident_bytes);
    metric_set(METRIC_VIRTUAL, process.virtual_bytes);
    metric_set(METRIC_CPU, process.cpu_us);
    metric_set(METRIC_THREADS, process.threads);
    metric_set(METRIC_FILES, process.files);
    metric_set(METRIC_FILES_MAX, process.files_max);
}

static bool metrics_answer(struct call *call, const struct batch *batch, struct reply *reply)
{
    size_t length = 0;

    if (batch->count && batch_fault(batch, 0))
        forget_database();
    take_process();

    const char *text = metric_text(&call->arena, &length);

    return reply_text(reply, METRIC_TEXT_TYPE, text, length);
}

const struct batch_route get_metrics = { &metrics_kind, metrics_read, metrics_answer,
    .each = true };

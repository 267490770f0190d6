#include "jobs/job_runner.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db.h"
#include "db/db_loop.h"
#include "jobs/job.sql.h"
#include "notice/notice.h"

/* After the first failure, and at most; each wait is four times the one before. */
#define JOB_WAIT_FIRST_SECONDS 30
#define JOB_WAIT_MOST_SECONDS 3600

/* How often the thread looks for jobs. */
#define JOB_RUNNER_TURN_MS 1000

static const struct field job_fields[] = {
    FIELD(struct job, id),
    FIELD_OF(struct job, kind, job_kind_set),
    FIELD(struct job, key),
    FIELD(struct job, tries),
    FIELD(struct job, created_by),
};

static const struct shape job_shape = SHAPE(struct job, job_fields);

struct job_org {
    int64_t id;
};

static const struct field job_org_fields[] = { FIELD(struct job_org, id) };
static const struct shape job_org_shape = SHAPE(struct job_org, job_org_fields);

/* Imports take long, so they have a thread of their own and keep no mail waiting. */
static struct {
    const struct job_works *works;
    struct db_loop *loop, *imports;
    pthread_mutex_t lock; /* of both loops: they are woken on another thread */
    atomic_bool stopping;
} runner = { .lock = PTHREAD_MUTEX_INITIALIZER };

bool job_runner_is_stopping(void)
{
    return atomic_load(&runner.stopping);
}

bool job_renew(struct call *call, const struct job *job)
{
    int64_t renewed;

    return db_run(call,
               JOB_RENEW(.id = job->id, .tries = job->tries, .lease_seconds = JOB_LEASE_SECONDS),
               &renewed)
        && (renewed || fail(call, FAULT_AGAIN, "another server has taken it"));
}

/* The job's effects and its end, together or not at all. */
static bool job_do(struct call *call, const struct job *job, job_fn *run)
{
    int64_t ended = 0;

    if (!db_begin(call))
        return false;

    const bool done = run(call, job)
        && db_run(call, JOB_DONE(.id = job->id, .tries = job->tries), &ended)
        && (ended || fail(call, FAULT_AGAIN, "another server has taken it"));

    return db_end(call, done);
}

static bool job_park(struct call *call, const struct job *job, const char *why)
{
    const char *kind = word_set_word(&job_kind_set, job->kind);

    log_line(LOG_ERROR, "job_parked", "%s %s: %s", kind, job->key ? job->key : "", why);
    if (!db_begin(call))
        return false;
    return db_end(call,
        db_run(call, JOB_PARK(.id = job->id, .tries = job->tries, .error = why), NULL)
            && notice_send_admins(call, JOB_PARKED, .job = kind));
}

static bool job_put_off(struct call *call, const struct job *job, const char *why)
{
    log_line(LOG_WARNING, "job_failed", "%s %s: %s", word_set_word(&job_kind_set, job->kind),
        job->key ? job->key : "", why);
    return db_run(call,
        JOB_AGAIN(.id = job->id, .tries = job->tries,
            .seconds =
                clock_retry_seconds(job->tries, JOB_WAIT_FIRST_SECONDS, JOB_WAIT_MOST_SECONDS),
            .error = why),
        NULL);
}

/* False only if it could not even be said that the job has failed. */
static bool job_run(struct call *call, const struct job *job, const struct job_works *works)
{
    if (job_do(call, job, works->run[job->kind]))
        return true;

    const char *why = arena_format(&call->arena, "%s", call->fault.detail);

    fail_clear(call);
    if (job_runner_is_stopping())
        return db_run(
            call, JOB_AGAIN(.id = job->id, .tries = job->tries, .seconds = 0, .error = NULL), NULL);
    return job->tries >= JOB_TRIES_MOST ? job_park(call, job, why) : job_put_off(call, job, why);
}

/* All that one organisation has. Each job has memory of its own. */
static bool job_run_of_org(
    struct call *call, const struct job_works *works, bool imports, int64_t org_id)
{
    bool found = true, well = true;

    while (well && found && !job_runner_is_stopping()) {
        struct call each = { .db = call->db, .org_id = org_id, .address = "" };
        struct job job;

        well =
            db_one_or_none(&each, JOB_TAKE(.lease_seconds = JOB_LEASE_SECONDS, .imports = imports),
                &job_shape, &job, &found)
            && (!found || job_run(&each, &job, works));
        if (!well)
            fail(call, each.fault.code, "%s", each.fault.detail);
        arena_free(&each.arena);
    }
    return well;
}

static bool job_run_all(struct call *call, const struct job_works *works, bool imports)
{
    struct list rows;

    call->org_id = 0;
    if (!db_rows(call, JOB_ORGS(.imports = imports), &job_org_shape, &rows))
        return false;

    const struct job_org *orgs = rows.items;

    for (size_t i = 0; i < rows.count; i++)
        if (!job_run_of_org(call, works, imports, orgs[i].id))
            return false;
    return true;
}

bool job_runner_run_once(struct call *call, const struct job_works *works)
{
    return job_run_all(call, works, false) && job_run_all(call, works, true);
}

static bool job_runner_turn(struct call *call)
{
    return job_run_all(call, runner.works, false);
}

static bool job_runner_turn_imports(struct call *call)
{
    return job_run_all(call, runner.works, true);
}

static const struct db_loop_settings job_loop_settings = {
    .name = "jobs",
    .failed = "jobs_failed",
    .every_ms = JOB_RUNNER_TURN_MS,
    .turn = job_runner_turn,
};

static const struct db_loop_settings job_import_settings = {
    .name = "imports",
    .failed = "imports_failed",
    .every_ms = JOB_RUNNER_TURN_MS,
    .turn = job_runner_turn_imports,
};

void job_runner_start_imports(const char *conninfo, const struct job_works *works)
{
    runner.works = works;
    atomic_store(&runner.stopping, false);
    pthread_mutex_lock(&runner.lock);
    runner.imports = db_loop_start(conninfo, &job_import_settings);
    pthread_mutex_unlock(&runner.lock);
}

void job_runner_start(const char *conninfo, const struct job_works *works)
{
    job_runner_start_imports(conninfo, works);
    pthread_mutex_lock(&runner.lock);
    runner.loop = db_loop_start(conninfo, &job_loop_settings);
    pthread_mutex_unlock(&runner.lock);
}

void job_runner_wake(void)
{
    pthread_mutex_lock(&runner.lock);
    if (runner.loop)
        db_loop_wake(runner.loop);
    if (runner.imports)
        db_loop_wake(runner.imports);
    pthread_mutex_unlock(&runner.lock);
}

void job_runner_stop(void)
{
    atomic_store(&runner.stopping, true);

    pthread_mutex_lock(&runner.lock);
    db_loop_stop(runner.imports);
    db_loop_stop(runner.loop);
    runner.loop = runner.imports = NULL;
    pthread_mutex_unlock(&runner.lock);
}

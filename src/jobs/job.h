/*
 * Job: background work that is queued in the database and run later by the server.
 *
 * A job is a database row of one organisation. It is queued in the transaction that causes it, and
 * the job runner of any server (job_runner.h) runs it. Its effects and its end are one transaction,
 * so a job that a crash interrupts has done nothing and runs again. A job that has failed too often
 * is parked: it does not run until an administrator requests it. A job may have a key, a text; then
 * there is at most one job of this kind and key, whichever server queues it.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena), the database
 * session, the organisation, the signed-in user and, after a failure, the fault.
 */
#ifndef JOBS_JOB_H
#define JOBS_JOB_H

#include "base/call.h"
#include "base/shape.h"
#include "list/listing.h"

/* The kinds of jobs, one per row of job_kind.def: JOB_END_OF_DAY (mail the day's summary to the
 * administrators), JOB_RETENTION (delete old rows), JOB_BILL_COMPLETED (notify a bill's maker). */
enum job_kind {
    JOB_KIND_NONE, /* no kind */
#define WORD(name, word) name,
#include "jobs/job_kind.def"
#undef WORD
    JOB_KIND_COUNT /* how many values there are, with NONE */
};

/* The states of a job, one per row of job_state.def: JOB_STATE_QUEUED (waits until it is due),
 * JOB_STATE_RUNNING, JOB_STATE_DONE, JOB_STATE_PARKED (has failed too often). */
enum job_state {
    JOB_STATE_NONE, /* no state */
#define WORD(name, word) name,
#include "jobs/job_state.def"
#undef WORD
    JOB_STATE_COUNT /* how many values there are, with NONE */
};

/* The words of enum job_kind ("end_of_day") and of enum job_state ("queued"), in JSON and in the
 * database. */
extern const struct word_set job_kind_set, job_state_set;

/* A job, as it is passed to the function that does its work. */
struct job {
    int64_t id; /* of its row */
    enum job_kind kind; /* which selects the function */
    const char *key; /* what the work is about, such as the day "2026-11-27"; NULL: no key */
    int64_t tries; /* how often it was started, this run included: 1 for the first */
    int64_t created_by; /* id of the user whose request queued it; NO_I64: the server itself */
};

/* Queue a job of the call's organisation; it runs soon after the transaction has committed. `key`
 * may be NULL. Does nothing if there is a job of this kind and key already, even a finished one. */
MUST_USE bool job_queue(struct call *call, enum job_kind kind, const char *key);

/* The description of the list of the organisation's jobs (filter by state, rows, order), newest
 * first, by which GET /api/jobs is served. */
extern const struct listing job_listing;

/* Queue a parked job again at once, with its count of tries back at 0, and add an audit note.
 * `id` is the job's. FAULT_NOT_FOUND if there is none; FAULT_REFUSED if it is not parked. */
MUST_USE bool job_run_again(struct call *call, int64_t id);

/* Queue today's job JOB_RETENTION for each organisation that does not have it yet. Sets
 * call->org_id to one organisation after the other. */
MUST_USE bool job_plan_retention(struct call *call);

/* The job_fn of JOB_RETENTION: delete the organisation's notices that were read, and its jobs that
 * were done, more than 30 days ago. `job` is not used. */
MUST_USE bool job_apply_retention(struct call *call, const struct job *job);

#endif

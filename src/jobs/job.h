/*
 * Job: work that the server does by itself, later than the request or the moment that asks for it.
 *
 * A job is a row. It is queued in the transaction of whatever asks for it, and the job runner of
 * any server (job_runner.h) runs it. Its effects and its end are one transaction, so a job that a
 * crash interrupts has done nothing, and runs again. A job with a key exists once: queueing it a
 * second time does nothing, whichever server does it.
 */
#ifndef JOBS_JOB_H
#define JOBS_JOB_H

#include "base/call.h"
#include "base/shape.h"
#include "list/listing.h"

enum job_kind {
    JOB_KIND_NONE,
#define WORD(name, word) name,
#include "jobs/job_kind.def"
#undef WORD
    JOB_KIND_COUNT
};

enum job_state {
    JOB_STATE_NONE,
#define WORD(name, word) name,
#include "jobs/job_state.def"
#undef WORD
    JOB_STATE_COUNT
};

extern const struct word_set job_kind_set, job_state_set;

/* A job as the function that does its work sees it. */
struct job {
    int64_t id;
    enum job_kind kind;
    const char *key; /* what it is about, for example a day; NULL: it has none */
    int64_t tries; /* this one included */
    int64_t created_by; /* the person whose request queued it; NO_I64: the server itself */
};

/*
 * Queue a job of the call's organisation, to be run as soon as the transaction has committed.
 * `key` may be NULL. Does nothing if there is a job of that kind and key, done ones included.
 */
MUST_USE bool job_queue(struct call *call, enum job_kind kind, const char *key);

/* The jobs of the organisation, the latest first; filter: state. */
extern const struct listing job_listing;

/* Give a parked job new tries, from now on. FAULT_NOT_FOUND; FAULT_REFUSED if it isn't parked. */
MUST_USE bool job_run_again(struct call *call, int64_t id);

/* Queue today's retention of every organisation, once. In the call's session; sets call->org_id. */
MUST_USE bool job_plan_retention(struct call *call);

/* The work of JOB_RETENTION: delete notices that were read 30 days ago, and jobs as old. */
MUST_USE bool job_apply_retention(struct call *call, const struct job *job);

#endif

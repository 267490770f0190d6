/*
 * Job runner: a thread that runs the jobs of all organisations, one after the other.
 *
 * Several servers share the jobs: who takes one holds it for a lease, and a job whose server has
 * died is taken again when its lease is over. A job that fails waits longer after each try; after
 * the last one it is parked, and the administrators are notified.
 */
#ifndef JOBS_JOB_RUNNER_H
#define JOBS_JOB_RUNNER_H

#include "jobs/job.h"

/*
 * The work of a job, in a transaction that the runner has begun and commits. It must be over within
 * JOB_LEASE_SECONDS. When it returns false, nothing of it stays.
 */
typedef bool job_fn(struct call *call, const struct job *job);

#define JOB_LEASE_SECONDS 300
#define JOB_TRIES_MOST 8

/* The functions by kind; each kind has one. */
struct job_works {
    job_fn *run[JOB_KIND_COUNT];
};

/* Start the thread, with a database session of its own; `works` must live as long. */
void job_runner_start(const char *conninfo, const struct job_works *works);
void job_runner_stop(void);

/* Run all jobs that are due now, in the call's session. FAULT_DATABASE. */
MUST_USE bool job_runner_run_once(struct call *call, const struct job_works *works);

#endif

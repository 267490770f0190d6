/*
 * Job runner: a thread that runs the due jobs (job.h) of all organisations, one after another, and
 * a second one for imports, which take long.
 *
 * A job is background work, a row in the database. Several servers share the jobs: a server that
 * takes one has a lease on it, a time in which no other server takes it. If the server dies, the
 * job is taken again when the lease has expired. A job that fails is tried again after a wait, four
 * times longer each time; after its last try it is parked (it does not run any more) and the
 * administrators are notified. A call is a unit of work, here a job or a turn of the thread.
 */
#ifndef JOBS_JOB_RUNNER_H
#define JOBS_JOB_RUNNER_H

#include "jobs/job.h"

/* A function that does the work of a job, in a transaction that the runner has begun and commits.
 * If it returns false, with a fault in the call, the transaction is rolled back and the job is
 * tried again later. It must end within JOB_LEASE_SECONDS. A long one commits what it has done and
 * begins again, each time after job_renew(), and returns false soon when job_runner_is_stopping().
 */
typedef bool job_fn(struct call *call, const struct job *job);

/* The length of a lease: for how many seconds no other server takes a job that was taken. A job
 * that takes longer renews it by job_renew(). */
#define JOB_LEASE_SECONDS 60

/* How often a job is tried before it is parked. */
#define JOB_TRIES_MOST 8

/* The functions that do the work, indexed by enum job_kind; each kind but NONE has one. */
struct job_works {
    job_fn *run[JOB_KIND_COUNT]; /* run[JOB_END_OF_DAY] is that of JOB_END_OF_DAY */
};

/* Start the threads, which look for due jobs every second. They connect to the database by
 * `conninfo`, a libpq connection string, which is copied. `works` is not: it must stay valid until
 * job_runner_stop(). */
void job_runner_start(const char *conninfo, const struct job_works *works);

/* The same for imports alone: no other jobs are run. */
void job_runner_start_imports(const char *conninfo, const struct job_works *works);

/* Stop the threads after the jobs that they are running, and wait for their end. */
void job_runner_stop(void);

/* Look for due jobs at once: some were queued, as the notification "job" of PostgreSQL says. Does
 * nothing before job_runner_start() or after job_runner_stop(). May be called on any thread. */
void job_runner_wake(void);

/* Whether job_runner_stop() is waiting: a job that is running now should return false soon. It is
 * then due again at once, for another server or the next start. */
bool job_runner_is_stopping(void);

/* Renew the lease of the running job, in the call's transaction. FAULT_AGAIN if another server has
 * taken the job meanwhile: then the transaction must be rolled back. */
MUST_USE bool job_renew(struct call *call, const struct job *job);

/* Run all jobs that are due now, in the calling thread and the call's database session. Sets
 * call->org_id to 0. A job that fails is no failure of this function; FAULT_DATABASE if the
 * database fails. */
MUST_USE bool job_runner_run_once(struct call *call, const struct job_works *works);

#endif

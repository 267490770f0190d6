/*
 * Database figures: what PostgreSQL tells of itself: sessions, sizes, WAL, age of transactions.
 *
 * What the serving role may not see is NO_I64 (null in JSON); docs/OPERATING.md says which right
 * lets it. A call is one unit of work (base/call.h); memory is in call->arena.
 */
#ifndef HEALTH_DATABASE_FIGURES_H
#define HEALTH_DATABASE_FIGURES_H

#include "base/call.h"
#include "base/shape.h"

/* Sessions of one use, which is the name that they have in pg_stat_activity without its number. */
struct pool_use {
    const char *use; /* "worker", "link" and so on; "others": of other databases, or nameless */
    int64_t sessions; /* in all */
    int64_t active; /* of these: running a statement */
    int64_t idle_in_transaction; /* of these: with a transaction, but no statement */
    int64_t waiting; /* of these: waiting for a lock */
};

/* The fields of struct pool_use as JSON. */
extern const struct shape pool_use_shape;

/* Set *rows to the sessions of the whole PostgreSQL by use: an array of struct pool_use. */
MUST_USE bool pool_uses(struct call *call, struct list *rows);

/* Figures of PostgreSQL and of the database. */
struct database_figures {
    int64_t sessions, sessions_max; /* open; that there may be, without those for superusers */
    int64_t database_bytes;
    int64_t oldest_us; /* age of the oldest transaction; 0: there is none */
    const char *wal_position; /* such as "0/16B3748" */
    int64_t wal_bytes; /* written since the cluster was made */
    int64_t deadlocks, cache_hits, cache_reads; /* of the database, since its statistics began */
    int64_t commits, rollbacks;
    int64_t standbys; /* that are connected */
    int64_t lag_bytes, lag_us; /* of the slowest standby; NO_I64: no standby, or not to be seen */
    bool sees_wal; /* whether the folder of the WAL may be looked at */
};

/* Ask for the figures. */
MUST_USE bool database_figures(struct call *call, struct database_figures *figures);

/* Set *bytes to the size of the WAL that is kept on the disk. Only if figures->sees_wal. */
MUST_USE bool database_wal_kept(struct call *call, int64_t *bytes);

/* Jobs in one state. */
struct jobs_in_state {
    const char *state; /* a word of job_state */
    int64_t jobs;
};

/* Set *rows to the numbers of jobs by state: an array of struct jobs_in_state. */
MUST_USE bool jobs_by_state(struct call *call, struct list *rows);

#endif

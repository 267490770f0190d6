/*
 * Pipeline: several statements on one round trip.
 *
 * They run one after the other, and the first that fails takes all behind it along, the COMMIT too.
 * So each must fail where its work can't be done: to look at a result comes too late.
 */
#ifndef DB_DB_PIPELINE_H
#define DB_DB_PIPELINE_H

#include "db/db.h"

#define PIPELINE_STEPS_MAX 16

struct db_values;

/* The statements of one round trip, in order; all zeros is an empty pipeline. */
struct db_pipeline {
    size_t count;
    struct db_step {
        const struct db_query *query;
        const struct db_values *values; /* in the call's arena */
        const struct shape *shape; /* of the rows that are wanted; NULL: none */
        struct list *rows;
    } steps[PIPELINE_STEPS_MAX];
};

/* How a pipeline stands to a transaction. */
enum db_bounds {
    DB_WITHIN, /* the transaction that has begun */
    DB_BEGINS, /* one, before the first statement */
    DB_COMMITS, /* it, after the last one */
};

/* Another statement; its arguments are copied. Nothing is sent yet. */
void db_pipeline_add(
    struct call *call, struct db_pipeline *pipeline, struct db_statement statement);

/* Add a statement that has rows, which are records of `shape`; db_pipeline_run() fills *rows. */
void db_pipeline_ask(struct call *call, struct db_pipeline *pipeline, struct db_statement statement,
    const struct shape *shape, struct list *rows);

/*
 * Run them. A session that has begun a transaction this way is rolled back by db_rollback() if it
 * doesn't come to its COMMIT, as always.
 */
MUST_USE bool db_pipeline_run(
    struct call *call, const struct db_pipeline *pipeline, enum db_bounds bounds);

/*
 * A pipeline has failed: roll back, unless the transaction is somebody else's (`within`), and take
 * a key that was there already (23505) for a lost race. Returns false.
 */
bool db_pipeline_lost(struct call *call, bool within);

/* Whether a transaction has begun, by db_begin() or by DB_BEGINS. */
bool db_is_in_transaction(const struct call *call);

#endif

/*
 * Pipeline: sends several SQL statements on one round trip to PostgreSQL.
 *
 * They run in order. If one fails, those after it are skipped, the COMMIT too. As all are sent
 * before the first result is read, each must fail in SQL itself where its work can't be done.
 *
 * A call is one unit of work (base/call.h): it has the memory (call->arena), the database session
 * and, after a failure, the fault. A record is a struct that a shape (base/shape.h) describes.
 */
#ifndef DB_DB_PIPELINE_H
#define DB_DB_PIPELINE_H

#include "db/db.h"

/* The most statements that a pipeline can have. */
#define PIPELINE_STEPS_MAX 16

/* A statement's arguments in the form that libpq sends; see db/db_session.h. */
struct db_values;

/* The statements of one round trip, in order; initialise it with { 0 }, an empty pipeline. */
struct db_pipeline {
    size_t count; /* of the steps */
    struct db_step {
        const struct db_query *query; /* the SQL statement */
        const struct db_values *values; /* its arguments, in call->arena */
        const struct shape *shape; /* of the records to read its rows into; NULL: ignore rows */
        struct list *rows; /* where the records go; NULL if rows are ignored */
    } steps[PIPELINE_STEPS_MAX];
};

/* Whether a pipeline begins or commits the call's transaction. */
enum db_bounds {
    DB_WITHIN, /* neither: it runs in the transaction that has begun */
    DB_BEGINS, /* it sends BEGIN first, and leaves the transaction open */
    DB_COMMITS, /* it runs in the transaction that has begun, and sends COMMIT last */
};

/* Append a statement whose rows are ignored. Its arguments are copied. Nothing is sent yet. */
void db_pipeline_add(
    struct call *call, struct db_pipeline *pipeline, struct db_statement statement);

/* Append a statement whose rows are wanted: db_pipeline_run() reads them into *rows, as records of
 * `shape`, in call->arena. Its arguments are copied. Nothing is sent yet. */
void db_pipeline_ask(struct call *call, struct db_pipeline *pipeline, struct db_statement statement,
    const struct shape *shape, struct list *rows);

/* Send all statements of the pipeline on one round trip, and read their rows. If one fails, those
 * after it don't run, and its fault (see db/db.h) is set; the caller then calls db_rollback(). */
MUST_USE bool db_pipeline_run(
    struct call *call, const struct db_pipeline *pipeline, enum db_bounds bounds);

/* Handle the failure of a pipeline: `if (!db_pipeline_run(...)) return db_pipeline_lost(call,
 * within);`. Rolls back, unless the transaction had begun before the function that ran the pipeline
 * was entered (`within`): then its owner does. Changes FAULT_CONFLICT (duplicate key) to
 * FAULT_AGAIN: another transaction was faster, and trying again may succeed. Returns false. */
bool db_pipeline_lost(struct call *call, bool within);

/* Whether the call is in a transaction, begun by db_begin() or by a pipeline with DB_BEGINS. */
bool db_is_in_transaction(const struct call *call);

#endif

/*
 * Db: runs SQL statements in a PostgreSQL session. Only this folder and cluster/ use libpq.
 *
 * Statements are constants, generated from the modules' .sql files; no SQL text is built at run
 * time. $1 of each is the call's organisation, bound here so that no code can forget it. Rows are
 * copied into records: structs that a shape (base/shape.h) describes, in call->arena. A call is one
 * unit of work (base/call.h); call->db is its session, which belongs to one thread. If a connection
 * is lost, the call fails, and the next db_begin() or batch of a lane (db/lane.h) connects anew.
 *
 * Faults of all functions that run SQL, by SQLSTATE (table in db.c): FAULT_CONFLICT for a duplicate
 * key; FAULT_TOO_SLOW for a time limit; FAULT_AGAIN for a deadlock or serialization failure;
 * FAULT_DATABASE for a lost connection or an unusable server; else FAULT_INTERNAL.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/call.h"
#include "base/shape.h"
#include "db/statement.h"

/* The queries_all_count SQL statements of the program (generated), so that a test can prepare each
 * one. */
extern const struct db_query *const queries_all[];

/* The number of elements of queries_all. */
extern const int queries_all_count;

/* Create a session, which connects to `conninfo`, a libpq connection string or URI, at its first
 * use. `name` is shown in pg_stat_activity. Both are copied. Never NULL; free it by db_close(). */
struct db *db_open(const char *conninfo, const char *name);

/* Close the connection of a session, and free the session. */
void db_close(struct db *db);

/* Connect the session if it is not connected or has lost its connection; try again for up to
 * `patience_ms` milliseconds. Not within a transaction. FAULT_DATABASE if it can't connect. */
MUST_USE bool db_connect(struct call *call, int patience_ms);

/* Begin the call's transaction, and connect before if necessary. Without db_begin() each statement
 * is committed by itself. FAULT_DATABASE if the database can't be reached for 2 seconds. */
MUST_USE bool db_begin(struct call *call);

/* Commit the call's transaction. FAULT_DATABASE if the connection is lost, and then it may have
 * been committed or not; with any other fault it was rolled back. */
MUST_USE bool db_commit(struct call *call);

/* Roll back the call's transaction; does nothing if none has begun. Keeps the call's fault. */
void db_rollback(struct call *call);

/* End the call's transaction: commit it if `done` (the work succeeded), or after fail_keeping()
 * (base/call.h); else roll it back. Returns true if `done` and the commit succeeded. */
MUST_USE bool db_end(struct call *call, bool done);

/* Set the transaction to REPEATABLE READ: all its statements see one snapshot of the data. Must be
 * called before its first statement. */
MUST_USE bool db_use_snapshot(struct call *call);

/* Commit the only write of the call's transaction so far and begin a new transaction, so that this
 * write remains even if the call fails later. Aborts the process if more than one statement has
 * written. Does nothing outside a transaction. */
MUST_USE bool db_commit_and_continue(struct call *call);

/* Run a statement and read its only row into *record, as `shape` describes. FAULT_NOT_FOUND if
 * there is no row; FAULT_INTERNAL if there are several. */
MUST_USE bool db_one(
    struct call *call, struct db_statement statement, const struct shape *shape, void *record);

/* Run a statement that has one row or none; set *found, and read the row, if any, into *record, as
 * `shape` describes. FAULT_INTERNAL if there are several rows. */
MUST_USE bool db_one_or_none(struct call *call, struct db_statement statement,
    const struct shape *shape, void *record, bool *found);

/* Run a statement and read all its rows into *rows, an array of records of `shape` in call->arena.
 * It must have a LIMIT if the table can be large. */
MUST_USE bool db_rows(
    struct call *call, struct db_statement statement, const struct shape *shape, struct list *rows);

/* Run a statement and ignore its rows. *changed (`changed` may be NULL) is set to the number of
 * rows inserted, updated or deleted. */
MUST_USE bool db_run(struct call *call, struct db_statement statement, int64_t *changed);

/* Run a statement with one row of one integer column, and set *value to it; NO_I64 for SQL NULL.
 * FAULT_NOT_FOUND if there is no row. */
MUST_USE bool db_value_i64(struct call *call, struct db_statement statement, int64_t *value);

/* Run a statement with one row of one boolean column, and set *value to it; false for SQL NULL.
 * FAULT_NOT_FOUND if there is no row. */
MUST_USE bool db_value_bool(struct call *call, struct db_statement statement, bool *value);

/* Run a statement with one row of one column, and set *value to its text, in call->arena; NULL for
 * SQL NULL. FAULT_NOT_FOUND if there is no row. */
MUST_USE bool db_value_text(struct call *call, struct db_statement statement, const char **value);

/* How many microseconds the session has waited for PostgreSQL's answers, since it was opened. */
int64_t db_busy_us(const struct db *db);

/* The name of the constraint that the session's last statement violated; "" if it did not fail by
 * one. Valid until the session's next statement. */
const char *db_constraint(const struct call *call);

#endif

/*
 * Db: one PostgreSQL session, and together with the rest of this folder the only user of libpq.
 *
 * Statements are constants, embedded from the module's .sql file: there is no way to build SQL text
 * at run time. Each is prepared once per session, by name. `$1` of every statement is the call's
 * organisation and is bound here, so no handler can forget it. Arguments travel as parameters,
 * rows are copied into the call's arena before the result is cleared, so nothing a caller holds
 * can dangle.
 *
 * A session belongs to one thread. When its connection is lost, the call in hand fails with
 * FAULT_DATABASE and the next db_begin() (or lane batch) connects anew.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/call.h"
#include "base/shape.h"
#include "db/statement.h"

/* Every statement of the program (generated), so that a test can prepare each one. */
extern const struct db_query *const queries_all[];

/* How many statements queries_all has. */
extern const int queries_all_count;

/*
 * A session for `conninfo` (a libpq connection string or URI), which connects at its first use.
 * `name` is shown in pg_stat_activity. Never NULL.
 */
struct db *db_open(const char *conninfo, const char *name);

/* Close the session and free it. */
void db_close(struct db *db);

/*
 * Make sure the session is connected, reconnecting if the connection was lost; tries for up to
 * `patience_ms`. FAULT_DATABASE.
 */
MUST_USE bool db_connect(struct call *call, int patience_ms);

/* The transaction of a call. Without db_begin() each statement commits by itself (lanes). */
MUST_USE bool db_begin(struct call *call);

/* Commit the transaction of db_begin(). On false it is rolled back. FAULT_DATABASE, FAULT_AGAIN. */
MUST_USE bool db_commit(struct call *call);

/* Undo what the transaction has written, and end it. Does nothing without one. */
void db_rollback(struct call *call);

/*
 * End the transaction. If `done`, or if the fault was recorded with fail_keeping(), commit;
 * otherwise roll back. True if the work was done and is committed.
 */
MUST_USE bool db_end(struct call *call, bool done);

/* All statements of the transaction see the same snapshot. Called before the first statement. */
MUST_USE bool db_use_snapshot(struct call *call);

/*
 * Commit the only statement that the call has run so far and continue in a new transaction, so that
 * it stays even if the call fails. Aborts if the call has written more than that. Does nothing
 * without db_begin().
 */
MUST_USE bool db_commit_and_continue(struct call *call);

/* Exactly one row into *record; no row is FAULT_NOT_FOUND. */
MUST_USE bool db_one(
    struct call *call, struct db_statement statement, const struct shape *shape, void *record);

/* One row or none; *found says which. */
MUST_USE bool db_one_or_none(struct call *call, struct db_statement statement,
    const struct shape *shape, void *record, bool *found);

/* All rows, as an array of records in the arena. The statement itself has a LIMIT. */
MUST_USE bool db_rows(
    struct call *call, struct db_statement statement, const struct shape *shape, struct list *rows);

/*
 * A statement without result rows. *changed (may be NULL) gets the number of rows inserted, updated
 * or deleted.
 */
MUST_USE bool db_run(struct call *call, struct db_statement statement, int64_t *changed);

/*
 * The only column of exactly one row; no row is FAULT_NOT_FOUND. SQL NULL becomes NO_I64, false or
 * NULL.
 */
MUST_USE bool db_value_i64(struct call *call, struct db_statement statement, int64_t *value);

/* As db_value_i64(), for a truth; SQL NULL is false. */
MUST_USE bool db_value_bool(struct call *call, struct db_statement statement, bool *value);

/* As db_value_i64(), for a text in the call's arena; SQL NULL is NULL. */
MUST_USE bool db_value_text(struct call *call, struct db_statement statement, const char **value);

/*
 * How SQLSTATEs become faults (db.c has the table): 23505 -> FAULT_CONFLICT; 57014 and 55P03 (time
 * limits) -> FAULT_TOO_SLOW; 40001, 40P01 and a statement that has to be prepared anew ->
 * FAULT_AGAIN; classes 08 and 53 (but not what stays so), 57P, a server that is read only, and a
 * lost connection -> FAULT_DATABASE. The rest is our own mistake: FAULT_INTERNAL. The server's
 * message goes to `detail`, and so does the constraint's name.
 */

/* The name of the constraint that made the session's last statement fail, or "". */
const char *db_constraint(const struct call *call);

#endif

/*
 * Session: the content of struct db, a database session, for the files that call libpq themselves:
 * db/ and cluster/bulk_load.c. All others use db/db.h.
 *
 * A call is one unit of work (base/call.h): call->db is its session, call->arena its memory. A
 * record is a struct that a shape (base/shape.h) describes.
 */
#ifndef DB_DB_SESSION_H
#define DB_DB_SESSION_H

#include <libpq-fe.h>

#include "db/db.h"

/* The size of the hash table of prepared statements: about twice the statements of the program. */
#define PREPARED_SLOTS 1024

/* Bytes of the longest name of a constraint, NUL included. */
#define CONSTRAINT_MAX 64

/* The most parameters of a statement, the organisation ($1) included. */
#define PARAMS_MAX 32

/* A database session: a connection that is made when it is needed, and its state. */
struct db {
    PGconn *conn; /* NULL before the first use, and after the connection was lost */
    char *conninfo, *name; /* libpq connection string; name in pg_stat_activity */
    bool in_transaction; /* begun by the call, not ended; true even if the connection was lost */
    int writes; /* statements of this transaction that were no SELECT */
    char constraint[CONSTRAINT_MAX]; /* the one that the last statement violated; else "" */
    int64_t asked_us; /* since when it waits for an answer, by clock_us() */
    int64_t busy_us; /* how long it has waited for answers */
    int prepared_count; /* statements in `prepared` */
    /* Statements prepared on this connection: a hash table by address, open addressing. */
    const struct db_query *prepared[PREPARED_SLOTS];
};

/* Close the session's connection; the next db_connect() opens a new one. */
void db_session_drop(struct db *db);

/* Check the result of a statement, which `what` names in the log. If it failed, record the fault
 * for its SQLSTATE (see db/db.h), and close the connection if it is no longer usable. The caller
 * still has to PQclear() the result. */
MUST_USE bool db_session_check(struct call *call, const char *what, const PGresult *result);

/* Note that the session asks PostgreSQL something now. */
void db_session_asked(struct db *db);

/* Note that the answer to what was asked is there: it counts in db_busy_us(), and if it took long
 * as a slow statement with this name, a constant. The next answer, if any, is waited for from now
 * on. */
void db_session_answered(struct db *db, const char *name);

/* Make sure that the session has a connection: outside a transaction it connects if necessary;
 * within one whose connection is lost it fails. `what` names the statement in the log.
 * FAULT_DATABASE. */
MUST_USE bool db_session_is_usable(struct call *call, const char *what);

/* The arguments of a statement as libpq takes them, three parallel arrays; the first is $1, the
 * organisation. `formats` is 0 for text, 1 for binary; `lengths` is in bytes, for binary only. */
struct db_values {
    const char *values[PARAMS_MAX];
    int lengths[PARAMS_MAX], formats[PARAMS_MAX];
};

/* Convert the organisation ($1) and the statement's arguments to the form that libpq takes, into
 * *values, with memory in call->arena. Can't fail. */
void db_query_bind(
    struct call *call, const struct db_statement *statement, struct db_values *values);

/* Prepare the statement (PQprepare) on the present connection, unless it has been already. Sets the
 * faults of db/db.h. */
MUST_USE bool db_query_prepare(struct call *call, const struct db_query *query);

/* Read all rows of a result into *rows, an array of records of `shape` in call->arena. Aborts the
 * process if columns and shape don't match; FAULT_INTERNAL if a value doesn't fit its field. */
MUST_USE bool db_rows_take(struct call *call, const struct db_query *query,
    const struct shape *shape, const PGresult *result, struct list *rows);

#endif

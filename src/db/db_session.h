/*
 * Session: the inside of a struct db, which only the files of db/ know.
 */
#ifndef DB_DB_SESSION_H
#define DB_DB_SESSION_H

#include <libpq-fe.h>

#include "db/db.h"

/* Room for about twice the statements that the program has. */
#define PREPARED_SLOTS 1024

#define CONSTRAINT_MAX 64
#define PARAMS_MAX 32

/* One session. `constraint` is the name of the constraint that the last error was about; "" if
 * none. */
struct db {
    PGconn *conn; /* NULL before the first use, and after the connection was lost */
    char *conninfo, *name;
    bool in_transaction; /* as the call sees it, even if the connection was lost */
    int writes; /* statements of this transaction that have changed rows */
    char constraint[CONSTRAINT_MAX];
    int prepared_count;
    const struct db_query *prepared[PREPARED_SLOTS]; /* on this connection; open addressing */
};

/* Close the connection; the next db_connect() opens a new one. */
void db_session_drop(struct db *db);

/*
 * Whether the statement named `what` succeeded. If not, its SQLSTATE decides the fault, and a
 * connection that is no longer usable is closed. `result` still belongs to the caller.
 */
MUST_USE bool db_session_check(struct call *call, const char *what, const PGresult *result);

/* Outside a transaction a lost connection may be made anew; inside, the call has failed. */
MUST_USE bool db_session_is_usable(struct call *call, const char *what);

/* A statement's arguments, and the organisation in front of them, for the wire. */
struct db_values {
    const char *values[PARAMS_MAX];
    int lengths[PARAMS_MAX], formats[PARAMS_MAX];
};

/* Write the organisation ($1) and the statement's arguments into *values as PostgreSQL takes
 * them. Memory is in the call's arena; can't fail. */
void db_query_bind(
    struct call *call, const struct db_statement *statement, struct db_values *values);

/* Prepare the statement on the present connection, unless that was done before. */
MUST_USE bool db_query_prepare(struct call *call, const struct db_query *query);

/* Copy all rows of the result into the call's arena. */
MUST_USE bool db_rows_take(struct call *call, const struct db_query *query,
    const struct shape *shape, const PGresult *result, struct list *rows);

#endif

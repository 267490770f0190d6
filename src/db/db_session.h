/*
 * Session: what the files of db/ know about a struct db, and nobody else does.
 */
#ifndef DB_DB_SESSION_H
#define DB_DB_SESSION_H

#include <libpq-fe.h>

#include "db/db.h"

/* Room for about twice the statements that the program has. */
#define PREPARED_SLOTS 1024

#define CONSTRAINT_MAX 64

struct db {
    PGconn *conn; /* NULL before the first use, and after a loss */
    char *conninfo, *name;
    bool in_transaction; /* as the call sees it, whatever became of the connection */
    int writes; /* statements of this transaction that have changed rows */
    char constraint[CONSTRAINT_MAX];
    int prepared_count;
    const struct db_query *prepared[PREPARED_SLOTS]; /* on this connection; open addressing */
};

/* Hang up; the next db_connect() connects anew. */
void db_session_drop(struct db *db);

/*
 * Whether the server did what `what` (a statement's name) asked for. If not, the fault is recorded
 * by SQLSTATE, and a connection that is of no more use is dropped. `result` is the caller's.
 */
MUST_USE bool db_session_check(struct call *call, const char *what, const PGresult *result);

#endif

#include "cluster/partitions.h"

#include "db/db_connection.h"

/* Several servers may ask at once; the lock is gone with the transaction. */
static const char statement[] =
    "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;"
    "SELECT pg_advisory_xact_lock(hashtext('tracetrack partitions')); "
    "SELECT month_partitions_make(current_date, (current_date + interval '12 months')::date); "
    "COMMIT";

static bool partitions_are_made(struct call *call, PGconn *conn)
{
    PGresult *result = PQexec(conn, statement);
    const bool made = PQresultStatus(result) == PGRES_COMMAND_OK;
    char reason[DB_MESSAGE_MAX];

    db_message_copy(reason, PQerrorMessage(conn));
    PQclear(result);
    return made || fail(call, FAULT_DATABASE, "partitions: %s", reason);
}

bool partitions_create(struct call *call, const char *owner)
{
    char reason[DB_MESSAGE_MAX];
    PGconn *conn = db_connection_open(owner, "tracetrack partitions", reason);
    const bool made =
        conn ? partitions_are_made(call, conn) : fail(call, FAULT_DATABASE, "connect: %s", reason);

    PQfinish(conn);
    return made;
}

#include "cluster/partitions.h"

#include <libpq-fe.h>

/* Several servers may ask at once; the lock is gone with the transaction. */
static const char statement[] =
    "BEGIN; "
    "SELECT pg_advisory_xact_lock(hashtext('tracetrack partitions')); "
    "SELECT month_partitions_make(current_date, (current_date + interval '12 months')::date); "
    "COMMIT";

bool partitions_create(struct call *call, const char *owner)
{
    PGconn *conn = PQconnectdb(owner);
    PGresult *result = PQexec(conn, statement);
    const bool made = PQresultStatus(result) == PGRES_COMMAND_OK
        || fail(call, FAULT_DATABASE, "partitions: %s", PQerrorMessage(conn));

    PQclear(result);
    PQfinish(conn);
    return made;
}

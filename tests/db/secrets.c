#include "db/secrets.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

static const char statement[] =
    "SELECT count(*) FROM audit_log a, "
    "concat_ws(' ', user_id, action, entity, entity_id, before, after, reason, address, request_id)"
    " AS said WHERE strpos(said, $1) > 0 OR strpos(said, trim('\"' FROM to_json($1::text)::text)) "
    "> 0";

static int notes_with(PGconn *conn, const char *secret)
{
    PGresult *result = PQexecParams(conn, statement, 1, NULL, &secret, NULL, NULL, 0);

    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        fprintf(stderr, "secrets: %s\n", PQerrorMessage(conn));
        exit(EXIT_FAILURE);
    }

    const int count = (int)strtol(PQgetvalue(result, 0, 0), NULL, 10);

    PQclear(result);
    return count;
}

int secrets_in_audit_log(const char *conninfo, const char *const *secrets, size_t count)
{
    PGconn *conn = PQconnectdb(conninfo);
    int found = 0;

    for (size_t i = 0; i < count; i++)
        found += notes_with(conn, secrets[i]);
    PQfinish(conn);
    return found;
}

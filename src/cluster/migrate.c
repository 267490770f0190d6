#include "cluster/migrate.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "db/db_connection.h"

#define CHECKSUM_MAX (2 * EVP_MAX_MD_SIZE + 1)

/* One row of schema_migration. */
struct applied {
    long version;
    const char *name, *checksum;
};

static const char table[] = "CREATE TABLE IF NOT EXISTS schema_migration ("
                            "    version    integer     PRIMARY KEY,"
                            "    name       text        NOT NULL,"
                            "    checksum   text        NOT NULL,"
                            "    applied_at timestamptz NOT NULL DEFAULT now()"
                            ")";

static PGconn *connection_for(struct call *call, const char *conninfo)
{
    char reason[DB_MESSAGE_MAX];
    PGconn *conn = db_connection_open(conninfo, "tracetrack migrate", reason);

    if (!conn)
        fail(call, FAULT_DATABASE, "%s", reason);
    return conn;
}

static bool migrate_is_done(struct call *call, PGconn *conn, const char *what, PGresult *result)
{
    const ExecStatusType status = PQresultStatus(result);
    const bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    char reason[DB_MESSAGE_MAX];

    db_message_copy(reason, PQerrorMessage(conn));
    PQclear(result);
    if (done)
        return true;
    return PQstatus(conn) == CONNECTION_OK ? fail(call, FAULT_CONFIG, "%s: %s", what, reason)
                                           : fail(call, FAULT_DATABASE, "%s: %s", what, reason);
}

static bool migrate_execute(struct call *call, PGconn *conn, const char *what, const char *sql)
{
    return migrate_is_done(call, conn, what, PQexec(conn, sql));
}

static void checksum_of(const struct migration *migration, char checksum[CHECKSUM_MAX])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;

    if (!EVP_Digest(migration->text, strlen(migration->text), digest, &length, EVP_sha256(), NULL))
        abort();
    text_hex(digest, length, checksum);
}

static bool applied_read(struct call *call, PGconn *conn, struct applied **rows, int *count)
{
    PGresult *result =
        PQexec(conn, "SELECT version, name, checksum FROM schema_migration ORDER BY version");

    *count = PQntuples(result);
    *rows = NEW_ARRAY(&call->arena, struct applied, (size_t)*count);
    for (int i = 0; i < *count; i++)
        (*rows)[i] = (struct applied){ strtol(PQgetvalue(result, i, 0), NULL, 10),
            arena_text(&call->arena, PQgetvalue(result, i, 1)),
            arena_text(&call->arena, PQgetvalue(result, i, 2)) };

    return migrate_is_done(call, conn, "schema_migration", result);
}

/* The row must be a migration of this program, as it was when it was applied. */
static bool migrate_is_known(struct call *call, const struct applied *row)
{
    char checksum[CHECKSUM_MAX];
    int i = 0;

    while (i < migrations_count && migrations[i].version != row->version)
        i++;
    if (i == migrations_count)
        return fail(call, FAULT_CONFIG,
            "the schema is newer than this program: %s was applied to it", row->name);

    checksum_of(&migrations[i], checksum);
    return strcmp(checksum, row->checksum) == 0
        || fail(call, FAULT_CONFIG, "%s was changed after it had been applied", row->name);
}

/* How many of the migrations are applied: the first so many. */
static bool applied_count(struct call *call, PGconn *conn, int *count)
{
    struct applied *rows;

    if (!applied_read(call, conn, &rows, count))
        return false;

    for (int i = 0; i < *count; i++) {
        if (!migrate_is_known(call, &rows[i]))
            return false;
        if (rows[i].version != migrations[i].version)
            return fail(call, FAULT_CONFIG, "%s was left out before %s was applied",
                migrations[i].name, rows[i].name);
    }
    return true;
}

static bool migrate_apply(struct call *call, PGconn *conn, const struct migration *migration)
{
    static const char insert[] =
        "INSERT INTO schema_migration (version, name, checksum) VALUES ($1, $2, $3)";
    char checksum[CHECKSUM_MAX];
    const char *const values[] = { arena_format(&call->arena, "%d", migration->version),
        migration->name, checksum };

    checksum_of(migration, checksum);
    log_line(LOG_INFO, "migrate", "%s", migration->name);

    return migrate_execute(call, conn, migration->name, "BEGIN")
        && migrate_execute(call, conn, migration->name, migration->text)
        && migrate_is_done(call, conn, migration->name,
            PQexecParams(conn, insert, COUNT_OF(values), NULL, values, NULL, NULL, 0))
        && migrate_execute(call, conn, migration->name, "COMMIT");
}

/* The holder of the lock may be building an index: wait for it, but not for a table's lock. */
static bool migrate_lock(struct call *call, PGconn *conn)
{
    return migrate_execute(call, conn, "lock",
        "SET statement_timeout = 0; SET lock_timeout = 0;"
        "SELECT pg_advisory_lock(7305531);"
        "SET lock_timeout = '10s'");
}

/* NULL, or what is wrong. */
static const char obstacle[] =
    "SELECT CASE"
    " WHEN current_setting('server_encoding') <> 'UTF8'"
    " THEN format('the database is encoded in %s, and has to be in UTF8',"
    "             current_setting('server_encoding'))"
    " WHEN to_regnamespace('public') IS NULL"
    " THEN 'the database has no schema \"public\"'"
    " WHEN NOT has_schema_privilege('public', 'CREATE')"
    " THEN format('%s may not make tables in the schema \"public\": it has to own the database',"
    "             current_user)"
    " END";

static bool has_no_obstacle(struct call *call, PGconn *conn)
{
    PGresult *result = PQexec(conn, obstacle);
    const bool clear = PQntuples(result) == 0 || PQgetisnull(result, 0, 0)
        || fail(call, FAULT_CONFIG, "%s", PQgetvalue(result, 0, 0));

    return migrate_is_done(call, conn, "obstacle", result) && clear;
}

bool migrate_check_database(struct call *call, const char *conninfo)
{
    PGconn *conn = connection_for(call, conninfo);
    const bool clear = conn && has_no_obstacle(call, conn);

    PQfinish(conn);
    return clear;
}

static bool apply_missing(struct call *call, PGconn *conn, int *applied)
{
    int count = 0;

    if (!migrate_lock(call, conn) || !migrate_execute(call, conn, "schema_migration", table)
        || !applied_count(call, conn, &count))
        return false;

    for (; count < migrations_count; count++, ++*applied)
        if (!migrate_apply(call, conn, &migrations[count]))
            return false;
    /* Several commands in one string are one transaction. */
    return migrate_execute(call, conn, "rights.sql", rights_sql);
}

bool migrate_up(struct call *call, const char *conninfo, int *applied)
{
    PGconn *conn = connection_for(call, conninfo);

    *applied = 0;

    /* The lock ends with the connection, at once: the call of a server lasts as long as it runs. */
    const bool done = conn && apply_missing(call, conn, applied);

    PQfinish(conn);
    return done;
}

bool migrate_check(struct call *call, const char *conninfo)
{
    PGconn *conn = connection_for(call, conninfo);
    int count = 0;
    const bool done = conn && applied_count(call, conn, &count);

    PQfinish(conn);
    return done
        && (count == migrations_count
            || fail(call, FAULT_CONFIG, "%s has not been applied", migrations[count].name));
}

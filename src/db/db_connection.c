#include "db/db_connection.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"

/*
 * Whatever the role, the database or the server has set for others. Two are left as they are, as
 * long as they are safe: synchronous_commit may wait for more than our own disk (what was
 * acknowledged has to be there at least), and default_transaction_read_only keeps us out on
 * purpose.
 */
static const char db_connection_settings[] =
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') = 'off';"
    "SET search_path = public;"
    "SET default_transaction_isolation = 'read committed';"
    "SET default_transaction_deferrable = off;"
    "SET TimeZone = 'UTC';"
    "SET DateStyle = 'ISO, MDY';"
    "SET IntervalStyle = 'postgres';"
    "SET bytea_output = 'hex';"
    "SET standard_conforming_strings = on;"
    /* A generic plan is made once per statement instead of once per
       call. One plan for good, perhaps made while the tables were empty:
       it must not scan them whole, nor be compiled for its cost. */
    "SET plan_cache_mode = force_generic_plan;"
    "SET enable_seqscan = off;"
    "SET jit = off;"
    "SET statement_timeout = '15s';"
    "SET lock_timeout = '5s';"
    "SET idle_in_transaction_session_timeout = '30s';"
    "SET idle_session_timeout = 0";

void db_message_copy(char reason[DB_MESSAGE_MAX], const char *message)
{
    size_t length = strcspn(message, "\n");

    if (length >= DB_MESSAGE_MAX)
        length = DB_MESSAGE_MAX - 1;
    memcpy(reason, message, length);
    reason[length] = '\0';
}

/* libpq's own habit is to print notices to standard error, between the lines of the log. */
static void on_notice(void *unused, const char *message)
{
    (void)unused;
    log_line(LOG_DEBUG, "database_notice", "%.*s", (int)strcspn(message, "\n"), message);
}

/* Of a keyword that is there twice the last value counts, so conninfo overrides what's before it.
 */
static PGconn *db_connection_connect(const char *conninfo, const char *name)
{
    static const char *const keywords[] = { "connect_timeout", "keepalives_idle",
        "keepalives_interval", "keepalives_count", "tcp_user_timeout", "dbname", "application_name",
        "client_encoding", NULL };
    const char *const values[] = { "5", "10", "5", "3", "20000", conninfo, name, "UTF8", NULL };

    _Static_assert(COUNT_OF(keywords) == COUNT_OF(values), "one value for each keyword");
    return PQconnectdbParams(keywords, values, 1);
}

PGconn *db_connection_open(const char *conninfo, const char *name, char reason[DB_MESSAGE_MAX])
{
    PGconn *conn = db_connection_connect(conninfo, name);

    if (PQstatus(conn) == CONNECTION_OK) {
        PQsetNoticeProcessor(conn, on_notice, NULL);

        PGresult *result = PQexec(conn, db_connection_settings);
        const bool set = PQresultStatus(result) == PGRES_COMMAND_OK;

        PQclear(result);
        if (set)
            return conn;
    }

    db_message_copy(reason, PQerrorMessage(conn));
    PQfinish(conn);
    return NULL;
}

#include "cluster/roles.h"

#include <string.h>

#include "base/log.h"
#include "db/db_connection.h"

#define AS_SERVE "-c role=" ROLE_SERVE

/* Two servers may start at the same time: the second one finds the role there. */
#define ROLE_UNLESS_THERE(role, rights)                                                            \
    "DO $$ BEGIN CREATE ROLE " role " " rights "; "                                                \
    "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"

static const char owner_role[] = ROLE_UNLESS_THERE(ROLE_OWNER, "LOGIN");
static const char serve_role[] = ROLE_UNLESS_THERE(ROLE_SERVE, "LOGIN");
/* Health tells of all sessions, the WAL and standbys: a cluster of our own has nothing to hide
 * there. */
static const char serve_monitors[] = "GRANT pg_monitor TO " ROLE_SERVE;
static const char database_count[] =
    "SELECT count(*) FROM pg_database WHERE datname = '" ROLE_OWNER "'";
static const char database[] = "CREATE DATABASE " ROLE_OWNER " OWNER " ROLE_OWNER;

/*
 * One statement is one transaction, and the lock ends with it. Roles are the whole server's and the
 * lock is one database's: so the second of two databases may find the role made in between as well.
 */
static const char membership[] =
    "DO $$ BEGIN "
    "PERFORM pg_advisory_xact_lock(hashtext('tracetrack roles'));"
    "IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '" ROLE_SERVE "') THEN "
    "BEGIN CREATE ROLE " ROLE_SERVE " NOLOGIN; "
    "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END; END IF; "
    "IF NOT pg_has_role(current_user, '" ROLE_SERVE "', 'MEMBER') THEN "
    "BEGIN EXECUTE format('GRANT " ROLE_SERVE " TO %I', current_user); "
    "EXCEPTION WHEN unique_violation THEN NULL; END; END IF; END $$";

static bool roles_connect_to(struct call *call, const char *conninfo, PGconn **conn)
{
    char reason[DB_MESSAGE_MAX];

    *conn = db_connection_open(conninfo, "tracetrack roles", reason);
    return *conn || fail(call, FAULT_DATABASE, "%s", reason);
}

static bool execute(struct call *call, PGconn *conn, const char *statement)
{
    PGresult *result = PQexec(conn, statement);
    const ExecStatusType status = PQresultStatus(result);
    const bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    char reason[DB_MESSAGE_MAX];

    db_message_copy(reason, PQerrorMessage(conn));
    PQclear(result);
    return done || fail(call, FAULT_DATABASE, "%s", reason);
}

static bool has_database(PGconn *conn)
{
    PGresult *result = PQexec(conn, database_count);
    const bool found = PQntuples(result) == 1 && strcmp(PQgetvalue(result, 0, 0), "1") == 0;

    PQclear(result);
    return found;
}

bool roles_create_in_own_cluster(struct call *call, const char *admin)
{
    PGconn *conn;

    if (!roles_connect_to(call, admin, &conn))
        return false;

    const bool made = execute(call, conn, owner_role) && execute(call, conn, serve_role)
        && execute(call, conn, serve_monitors)
        && (has_database(conn) || execute(call, conn, database));

    PQfinish(conn);
    return made;
}

const char *conninfo_quote(struct call *call, const char *value)
{
    char *quoted = arena_alloc(&call->arena, 2 * strlen(value) + 3, 1), *end = quoted;

    *end++ = '\'';
    for (; *value; value++) {
        if (*value == '\'' || *value == '\\')
            *end++ = '\\';
        *end++ = *value;
    }
    *end = '\'';
    return quoted;
}

/* Every parameter of `owner`, and the role put behind what `options` has already. */
static const char *with_role(struct call *call, const char *owner)
{
    PQconninfoOption *parsed = PQconninfoParse(owner, NULL);
    const char *conninfo = "";
    const char *role = AS_SERVE;

    for (const PQconninfoOption *option = parsed; option && option->keyword; option++) {
        if (!option->val)
            continue;
        if (strcmp(option->keyword, "options") == 0)
            role = arena_format(&call->arena, "%s %s", option->val, AS_SERVE);
        else
            conninfo = arena_format(&call->arena, "%s%s=%s ", conninfo, option->keyword,
                conninfo_quote(call, option->val));
    }
    PQconninfoFree(parsed);
    return arena_format(&call->arena, "%soptions=%s", conninfo, conninfo_quote(call, role));
}

/* Poolers may refuse `options`: try before relying on it. */
static bool can_serve(struct call *call, const char *serve)
{
    PGconn *conn;

    if (!roles_connect_to(call, serve, &conn))
        return false;
    PQfinish(conn);
    return true;
}

bool roles_create(struct call *call, const char *owner, const char **serve)
{
    PGconn *conn;

    if (!roles_connect_to(call, owner, &conn))
        return false;

    const bool made = execute(call, conn, membership);

    PQfinish(conn);
    *serve = with_role(call, owner);
    if (made && can_serve(call, *serve))
        return true;

    log_line(LOG_WARNING, "serving_as_owner", "no separate role without rights to the schema: %s",
        call->fault.detail);
    fail_clear(call);
    *serve = owner;
    return true;
}

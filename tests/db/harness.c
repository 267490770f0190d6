#include "db/harness.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cluster/migrate.h"

#define DATABASES_MAX 8

static struct arena memory;
static const char *admin;
static const char *names[DATABASES_MAX];
static int names_count;

__attribute__((noreturn)) static void stop(const char *what, const char *why)
{
    fprintf(stderr, "harness: %s: %s\n", what, why);
    exit(EXIT_FAILURE);
}

static void be_quiet(void *unused, const char *message)
{
    (void)unused;
    (void)message;
}

static PGconn *connect_to(const char *conninfo)
{
    PGconn *conn = PQconnectdb(conninfo);

    if (PQstatus(conn) != CONNECTION_OK)
        stop("connect", PQerrorMessage(conn));
    PQsetNoticeProcessor(conn, be_quiet, NULL);
    return conn;
}

static void command(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);

    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
        stop(sql, PQerrorMessage(conn));
    PQclear(result);
}

void harness_run(const char *conninfo, const char *sql)
{
    PGconn *conn = connect_to(conninfo);

    command(conn, sql);
    PQfinish(conn);
}

/* The administrator's connection string with another database. */
static const char *conninfo_for(const char *database)
{
    char *error = NULL;
    PQconninfoOption *options = PQconninfoParse(admin, &error);
    const char *conninfo = arena_format(&memory, "dbname=%s", database);

    if (!options)
        stop("TEST_DATABASE_URL", error);
    for (const PQconninfoOption *option = options; option->keyword; option++)
        if (option->val && strcmp(option->keyword, "dbname") != 0)
            conninfo = arena_format(&memory, "%s %s='%s'", conninfo, option->keyword, option->val);
    PQconninfoFree(options);
    return conninfo;
}

/* FNV-1a. */
static void hash_in(uint64_t *hash, const char *text)
{
    for (; *text; text++)
        *hash = (*hash ^ (unsigned char)*text) * 1099511628211U;
}

/* Another name for each state of the migrations. */
static const char *template_name(void)
{
    uint64_t hash = 14695981039346656037U;

    hash_in(&hash, rights_sql);
    for (int i = 0; i < migrations_count; i++)
        hash_in(&hash, migrations[i].text);
    return arena_format(&memory, "tracetrack_template_%016llx", (unsigned long long)hash);
}

/* Only one program at a time makes the template, or copies it. */
static void copy_template(const char *name)
{
    const char *template = template_name();
    PGconn *conn = connect_to(admin);
    struct call call = { 0 };
    int applied;

    command(conn, "SELECT pg_advisory_lock(20261121)");
    /* Roles are the cluster's: a server makes this one before it migrates. */
    command(conn,
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracetrack_serve') THEN"
        " CREATE ROLE tracetrack_serve NOLOGIN; END IF; END $$");

    PGresult *there = PQexec(
        conn, arena_format(&memory, "SELECT FROM pg_database WHERE datname = '%s'", template));

    if (PQntuples(there) == 0)
        command(conn, arena_format(&memory, "CREATE DATABASE %s", template));
    PQclear(there);

    if (!migrate_up(&call, conninfo_for(template), &applied))
        stop("migrate", call.fault.detail);
    arena_free(&call.arena);
    command(conn, arena_format(&memory, "CREATE DATABASE %s TEMPLATE %s", name, template));
    PQfinish(conn);
}

static void drop_all(void)
{
    for (int i = 0; i < names_count; i++)
        harness_run(admin, arena_format(&memory, "DROP DATABASE %s WITH (FORCE)", names[i]));
    arena_free(&memory);
}

static const char *new_name(void)
{
    admin = getenv("TEST_DATABASE_URL");
    if (!admin || !*admin) {
        fprintf(stderr, "skipped: TEST_DATABASE_URL is not set\n");
        exit(77);
    }
    if (names_count == DATABASES_MAX)
        stop("database", "too many");
    if (!names_count)
        atexit(drop_all);
    return arena_format(&memory, "tracetrack_test_%d_%d", (int)getpid(), names_count);
}

const char *harness_database(void)
{
    static const char *conninfo;

    if (!conninfo) {
        const char *name = new_name();

        copy_template(name);
        names[names_count++] = name;
        conninfo = conninfo_for(name);
    }
    return conninfo;
}

const char *harness_empty_database(void)
{
    const char *name = new_name();

    harness_run(admin, arena_format(&memory, "CREATE DATABASE %s TEMPLATE template0", name));
    names[names_count++] = name;
    return conninfo_for(name);
}

void harness_hang_up(const char *conninfo)
{
    harness_run(conninfo,
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()");
}

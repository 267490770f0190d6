#include "db/people.h"

#include <libpq-fe.h>
#include <stdlib.h>

#include "auth/password.h"
#include "db/harness.h"
#include "test.h"
#include "user/user.h"

#define IDLE_SECONDS 1800
#define ABSOLUTE_SECONDS 3600

struct db *db;
struct call call;
const char *serve;

static struct arena memory;
static const char *database, *field;
static PGconn *owner;

/* One hash for all: making four of them for each test takes longer than the tests. */
static const char people[] =
    "DELETE FROM login_attempt; DELETE FROM attempt; DELETE FROM audit_log; DELETE FROM users;"
    "DELETE FROM area WHERE name = 'Nowhere';"
    "INSERT INTO users (org_id, username, email, password_hash, role, area_id, state)"
    " SELECT 1, p.name, p.name || '@example.org', '%s', p.role::user_role,"
    "        (SELECT id FROM area WHERE org_id = 1 AND name = p.area), 'active'"
    "   FROM (VALUES ('ada', 'admin', NULL), ('amar', 'admin', NULL), ('bina', 'biller', NULL),"
    "                ('dev', 'dispatcher', 'Lucknow')) AS p (name, role, area)";

static const char *reset;

void run(const char *sql)
{
    PGresult *result = PQexec(owner, sql);
    const ExecStatusType status = PQresultStatus(result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        print_error("%s: %s\n", sql, PQerrorMessage(owner));
    assert_true(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
    PQclear(result);
}

int64_t count_of(const char *sql)
{
    PGresult *result = PQexec(owner, sql);

    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        print_error("%s: %s\n", sql, PQerrorMessage(owner));

    const int64_t count = PQntuples(result) ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : 0;

    PQclear(result);
    return count;
}

int64_t audited(const char *action)
{
    return count_of(arena_format(
        &memory, "SELECT count(*) FROM audit_log WHERE org_id = 1 AND action = '%s'", action));
}

int people_open(void **state)
{
    const struct session_settings settings = { .secret = "the key of the tests",
        .idle_seconds = IDLE_SECONDS,
        .absolute_seconds = ABSOLUTE_SECONDS };
    const char *hash;

    (void)state;
    database = harness_database();
    owner = PQconnectdb(database);
    serve = arena_format(&memory, "%s options='-c role=tracetrack_serve'", database);
    db = db_open(serve, "test people");
    session_start(&settings);
    hash_slots_set(2, 2);
    if (!password_hash(&call, HASH_SLOT_WAIT, PASSWORD, &hash))
        return -1;
    reset = arena_format(&memory, people, hash);
    arena_free(&call.arena);
    return 0;
}

int people_close(void **state)
{
    (void)state;
    session_stop();
    db_close(db);
    PQfinish(owner);
    arena_free(&memory);
    return 0;
}

int people_begin(void **state)
{
    (void)state;
    run(reset);
    arena_free(&call.arena);
    call = (struct call){ .db = db, .org_id = 1, .address = "192.0.2.7" };
    return 0;
}

int people_end(void **state)
{
    (void)state;
    db_rollback(&call);
    arena_free(&call.arena);
    return 0;
}

int64_t id_of(const char *username)
{
    return count_of(arena_format(
        &memory, "SELECT id FROM users WHERE org_id = 1 AND username = '%s'", username));
}

static bool as_in(struct call *other, const char *username)
{
    static const enum role roles[] = { ROLE_ADMIN, ROLE_BILLER, ROLE_DISPATCHER };
    const int64_t role = count_of(arena_format(&memory,
        "SELECT array_position(ARRAY['admin', 'biller', 'dispatcher'], role::text)"
        "  FROM users WHERE org_id = 1 AND username = '%s'",
        username));

    assert_in_range(role, 1, 3);
    other->person =
        (struct person){ .id = id_of(username), .role = (int)roles[role - 1], .name = username };
    return true;
}

bool as(const char *username)
{
    return as_in(&call, username);
}

bool people_step(void)
{
    fail_clear(&call);
    return db_begin(&call);
}

enum fault_code people_fault(bool good)
{
    const bool done = db_end(&call, good);
    const enum fault_code code = done ? FAULT_NONE : call.fault.code;

    if (!done && code == FAULT_INTERNAL)
        print_error("%s\n", call.fault.detail);
    field = call.fault.fields ? call.fault.fields->field : "";
    return code;
}

const char *wrong_field(void)
{
    return field;
}

const char *cookie_of(const char *username)
{
    const struct person before = call.person;
    struct session_view view;
    const char *cookie = NULL;

    assert_true(as(username) && db_begin(&call) && session_create(&call, "test", &cookie, &view)
        && db_commit(&call));
    call.person = before;
    return cookie;
}

/* Straight from the row: the servers' caches are tested with the sessions. */
bool is_signed_in(const char *cookie)
{
    struct session_view view;
    bool known;

    assert_true(session_load(&call, cookie, false, &view, &known));
    return known;
}

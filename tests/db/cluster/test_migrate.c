#include "cluster/migrate.h"

#include <libpq-fe.h>
#include <pthread.h>

#include "base/text.h"
#include "cluster/partitions.h"
#include "cluster/roles.h"
#include "db/harness.h"
#include "test.h"

#define SERVERS 4
#define ROUNDS 10

static bool up(const char *conninfo, int *applied, struct call *call)
{
    const bool done = migrate_up(call, conninfo, applied);

    arena_free(&call->arena);
    return done;
}

static bool check(const char *conninfo, struct call *call)
{
    const bool done = migrate_check(call, conninfo);

    arena_free(&call->arena);
    return done;
}

static void an_empty_database_gets_all_of_them_once(void **state)
{
    const char *conninfo = harness_empty_database();
    struct call call = { 0 };
    int applied;

    (void)state;
    assert_false(check(conninfo, &call));
    assert_int_equal(call.fault.code, FAULT_CONFIG);

    assert_true(up(conninfo, &applied, &call));
    assert_int_equal(applied, migrations_count);
    assert_true(up(conninfo, &applied, &call));
    assert_int_equal(applied, 0);
    assert_true(check(conninfo, &call));
}

static void what_it_does_not_know_is_refused(void **state)
{
    const char *conninfo = harness_empty_database();
    struct call call = { 0 };
    int applied;

    (void)state;
    assert_true(up(conninfo, &applied, &call));
    harness_run(conninfo, "UPDATE schema_migration SET checksum = 'other' WHERE version = 1");
    assert_false(up(conninfo, &applied, &call));
    assert_int_equal(call.fault.code, FAULT_CONFIG);
    assert_non_null(strstr(call.fault.detail, "0001-foundation.sql was changed"));

    harness_run(conninfo, "DELETE FROM schema_migration WHERE version = 1");
    assert_false(up(conninfo, &applied, &call));
    assert_non_null(strstr(call.fault.detail, "0001-foundation.sql was left out"));

    harness_run(conninfo,
        "TRUNCATE schema_migration;"
        "INSERT INTO schema_migration VALUES (9999, '9999-later.sql', '')");
    assert_false(check(conninfo, &call));
    assert_int_equal(call.fault.code, FAULT_CONFIG);
    assert_non_null(strstr(call.fault.detail, "newer than this program: 9999-later.sql"));
}

static void a_migration_that_fails_leaves_nothing_behind(void **state)
{
    const char *conninfo = harness_empty_database();
    struct call call = { 0 };
    int applied;

    (void)state;
    harness_run(conninfo, "CREATE TABLE users ()");
    assert_false(up(conninfo, &applied, &call));
    assert_int_equal(call.fault.code, FAULT_CONFIG);
    assert_non_null(strstr(call.fault.detail, "0001-foundation.sql: ERROR:"));
    assert_int_equal(applied, 0);

    harness_run(conninfo, "DROP TABLE users");
    assert_true(up(conninfo, &applied, &call));
}

static void no_server_is_a_fault_of_its_own(void **state)
{
    struct call call = { 0 };
    int applied;

    (void)state;
    assert_false(up("host=/nowhere", &applied, &call));
    assert_int_equal(call.fault.code, FAULT_DATABASE);
    assert_false(check("host=/nowhere", &call));
    assert_int_equal(call.fault.code, FAULT_DATABASE);
}

/* What a server does with its database before it serves; the reason if it could not, else "". */
struct starting {
    pthread_t thread;
    const char *owner;
    char why[256];
};

static void *start(void *argument)
{
    struct starting *starting = argument;
    struct call call = { 0 };
    const char *serve;
    int applied;
    const bool started = roles_create(&call, starting->owner, &serve)
        && migrate_up(&call, starting->owner, &applied)
        && partitions_create(&call, starting->owner);

    snprintf(starting->why, sizeof starting->why, "%s",
        !started                       ? call.fault.detail
            : serve == starting->owner ? "serves as the owner"
                                       : "");
    arena_free(&call.arena);
    return NULL;
}

/* Each on its database: all of them start, and serve as the lesser role. */
static void assert_start_together(const char *const databases[SERVERS])
{
    struct starting servers[SERVERS];

    for (int i = 0; i < SERVERS; i++) {
        servers[i].owner = databases[i];
        assert_int_equal(pthread_create(&servers[i].thread, NULL, start, &servers[i]), 0);
    }
    for (int i = 0; i < SERVERS; i++)
        pthread_join(servers[i].thread, NULL);
    for (int i = 0; i < SERVERS; i++)
        assert_string_equal(servers[i].why, "");
}

static void servers_that_start_together_all_start(void **state)
{
    const char *one = harness_empty_database(), *other = harness_empty_database();
    const char *const same[SERVERS] = { one, one, one, one };
    const char *const both[SERVERS] = { one, other, one, other };

    (void)state;
    assert_start_together(same);
    for (int i = 0; i < ROUNDS; i++)
        assert_start_together(same);
    for (int i = 0; i < ROUNDS; i++)
        assert_start_together(both);
}

static void assert_answer(const char *conninfo, const char *statement, const char *answer)
{
    PGconn *conn = PQconnectdb(conninfo);
    PGresult *result = PQexec(conn, statement);

    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        print_error("%s", PQerrorMessage(conn));
    assert_string_equal(PQgetvalue(result, 0, 0), answer);
    PQclear(result);
    PQfinish(conn);
}

static void rights_are_said_again_each_time(void **state)
{
    static const char may_scan[] =
        "SELECT has_table_privilege('" ROLE_SERVE "', 'scan', 'INSERT')::text"
        " || has_function_privilege('" ROLE_SERVE "', 'audit_month_drop()', 'EXECUTE')";
    const char *conninfo = harness_empty_database();
    struct call call = { 0 };
    int applied;

    (void)state;
    assert_true(up(conninfo, &applied, &call));
    assert_answer(conninfo, may_scan, "truetrue");
    harness_run(conninfo,
        "REVOKE ALL ON scan FROM " ROLE_SERVE ";"
        "REVOKE ALL ON FUNCTION audit_month_drop() FROM " ROLE_SERVE);
    assert_answer(conninfo, may_scan, "falsefalse");
    assert_true(up(conninfo, &applied, &call));
    assert_int_equal(applied, 0);
    assert_answer(conninfo, may_scan, "truetrue");
}

/* A database that others have used before: names of theirs come first, and all is serializable. */
static void a_database_with_habits_of_its_own_is_brought_up_all_the_same(void **state)
{
    static const char habits[] =
        "CREATE SCHEMA app;"
        "CREATE TABLE app.users (own int); CREATE TABLE app.scan (own int);"
        "CREATE FUNCTION app.uuid7_floor(timestamptz) RETURNS uuid LANGUAGE sql AS 'SELECT "
        "NULL::uuid';"
        "DO $$ BEGIN"
        " EXECUTE format('ALTER DATABASE %I SET search_path = app, public', current_database());"
        " EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = serializable',"
        "                current_database()); END $$";
    const char *conninfo = harness_empty_database();
    const char *const databases[SERVERS] = { conninfo, conninfo, conninfo, conninfo };

    (void)state;
    harness_run(conninfo, habits);
    assert_start_together(databases);
    assert_answer(conninfo, "SELECT count(*) FROM pg_tables WHERE schemaname = 'app'", "2");
    assert_answer(conninfo, "SELECT count(*) > 0 FROM public.area", "t");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_database_gets_all_of_them_once),
        cmocka_unit_test(what_it_does_not_know_is_refused),
        cmocka_unit_test(a_migration_that_fails_leaves_nothing_behind),
        cmocka_unit_test(no_server_is_a_fault_of_its_own),
        cmocka_unit_test(servers_that_start_together_all_start),
        cmocka_unit_test(rights_are_said_again_each_time),
        cmocka_unit_test(a_database_with_habits_of_its_own_is_brought_up_all_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

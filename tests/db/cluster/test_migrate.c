#include "cluster/migrate.h"

#include "db/harness.h"
#include "test.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_database_gets_all_of_them_once),
        cmocka_unit_test(what_it_does_not_know_is_refused),
        cmocka_unit_test(a_migration_that_fails_leaves_nothing_behind),
        cmocka_unit_test(no_server_is_a_fault_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

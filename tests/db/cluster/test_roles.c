/*
 * Roles: serving without rights to the schema, in a PostgreSQL that is somebody else's.
 */
#include "cluster/roles.h"

#include <libpq-fe.h>
#include <stdlib.h>

#include "test.h"

static const char *ask(struct call *call, const char *conninfo, const char *statement)
{
    PGconn *conn = PQconnectdb(conninfo);
    PGresult *result = PQexec(conn, statement);
    const bool rows = PQresultStatus(result) == PGRES_TUPLES_OK;
    const char *answer =
        arena_text(&call->arena, rows ? PQgetvalue(result, 0, 0) : PQerrorMessage(conn));

    PQclear(result);
    PQfinish(conn);
    return answer;
}

static void the_owner_serves_as_a_lesser_role(void **state)
{
    struct call call = { .org_id = 1 };
    const char *serve;

    (void)state;
    assert_true(roles_create(&call, getenv("TEST_DATABASE_URL"), &serve));
    assert_string_equal(ask(&call, serve, "SELECT current_user"), ROLE_SERVE);
    assert_non_null(strstr(ask(&call, serve, "CREATE TABLE t (i int)"), "permission denied"));

    /* Once more: the role is there. */
    assert_true(roles_create(&call, getenv("TEST_DATABASE_URL"), &serve));
    arena_free(&call.arena);
}

static void options_of_the_connection_are_kept(void **state)
{
    struct call call = { .org_id = 1 };
    const char *serve;

    (void)state;
    const char *owner =
        arena_format(&call.arena, "%s&options=-c%%20work_mem%%3D5MB", getenv("TEST_DATABASE_URL"));

    assert_true(roles_create(&call, owner, &serve));
    assert_string_equal(ask(&call, serve, "SHOW work_mem"), "5MB");
    assert_string_equal(ask(&call, serve, "SELECT current_user"), ROLE_SERVE);
    arena_free(&call.arena);
}

static void a_database_that_does_not_answer_is_a_fault(void **state)
{
    struct call call = { .org_id = 1 };
    const char *serve;

    (void)state;
    assert_false(roles_create(&call, "host=/nowhere", &serve));
    assert_int_equal(call.fault.code, FAULT_DATABASE);
    arena_free(&call.arena);
}

static void what_is_quoted_is_taken_as_it_stands(void **state)
{
    struct call call = { .org_id = 1 };

    (void)state;
    assert_string_equal(conninfo_quote(&call, "it's a \\ path"), "'it\\'s a \\\\ path'");
    arena_free(&call.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_owner_serves_as_a_lesser_role),
        cmocka_unit_test(options_of_the_connection_are_kept),
        cmocka_unit_test(a_database_that_does_not_answer_is_a_fault),
        cmocka_unit_test(what_is_quoted_is_taken_as_it_stands),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * A young database plans as a grown one does: the first statistics come with the first pages, and
 * sessions that have planned before plan anew.
 */
#include "db/young_tables.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

#include "db/db.h"
#include "db/harness.h"
#include "test.h"

/* The check of a child's foreign key, as PostgreSQL itself asks it (ri_triggers.c). */
static const char parent_check[] =
    "PREPARE parent_check (bigint, bigint) AS SELECT 1 FROM ONLY bag x"
    " WHERE org_id = $1 AND id = $2 FOR KEY SHARE OF x";
static const char code_lookup[] =
    "PREPARE code_lookup (bigint, text) AS SELECT id FROM bag WHERE org_id = $1 AND code = $2";

static PGconn *session;
static const char *database;
static struct call call;

static void ask(const char *sql)
{
    PGresult *result = PQexec(session, sql);
    const ExecStatusType status = PQresultStatus(result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        print_error("%s: %s\n", sql, PQerrorMessage(session));
    assert_true(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
    PQclear(result);
}

/* Whether the session's plan for a statement enters an index by its whole key. */
static bool enters_by(const char *execute, const char *condition)
{
    PGresult *plan = PQexec(session, execute);
    bool found = false;

    assert_int_equal(PQresultStatus(plan), PGRES_TUPLES_OK);
    for (int i = 0; i < PQntuples(plan); i++)
        found = found || strstr(PQgetvalue(plan, i, 0), condition);
    PQclear(plan);
    return found;
}

static bool plans_are_right(void)
{
    return enters_by(
               "EXPLAIN EXECUTE parent_check (1, 1)", "Index Cond: ((org_id = $1) AND (id = $2))")
        && enters_by(
            "EXPLAIN EXECUTE code_lookup (1, 'X')", "Index Cond: ((org_id = $1) AND (code = $2))");
}

static void add_children(int first, int count)
{
    char sql[300];

    snprintf(sql, sizeof sql,
        "INSERT INTO bag (org_id, id, kind, code) SELECT 1, nextval('bag_id_seq'), 'child',"
        " to_char(n, 'FM000000') FROM generate_series(%d, %d) n",
        first, first + count - 1);
    ask(sql);
}

static void analyse(void)
{
    assert_true(young_tables_analyse(&call));
}

static void a_table_that_was_vacuumed_while_empty_is_planned_anew_with_its_first_rows(void **state)
{
    (void)state;
    ask("VACUUM bag");
    ask(parent_check);
    ask(code_lookup);
    assert_false(plans_are_right()); /* or there is nothing to mend any more */
    add_children(1, 200);
    analyse();
    assert_true(plans_are_right());
}

static int64_t rows_known(void)
{
    PGresult *result =
        PQexec(session, "SELECT reltuples::bigint FROM pg_class WHERE oid = 'bag'::regclass");
    const int64_t rows = strtoll(PQgetvalue(result, 0, 0), NULL, 10);

    PQclear(result);
    return rows;
}

static void statistics_are_made_again_at_each_tenfold_growth(void **state)
{
    (void)state;
    assert_int_equal(rows_known(), 200);
    add_children(201, 800);
    analyse();
    assert_int_equal(rows_known(), 200);
    add_children(1001, 1500);
    analyse();
    assert_int_equal(rows_known(), 2500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_that_was_vacuumed_while_empty_is_planned_anew_with_its_first_rows),
        cmocka_unit_test(statistics_are_made_again_at_each_tenfold_growth),
    };

    database = harness_database();
    session = PQconnectdb(database);
    call = (struct call){ .db = db_open(database, "test"), .address = "" };
    PQclear(PQexec(session,
        "ALTER TABLE bag SET (autovacuum_enabled = off);"
        "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off"));

    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    db_close(call.db);
    arena_free(&call.arena);
    PQfinish(session);
    return failed;
}

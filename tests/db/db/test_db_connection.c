/*
 * The connection is set up as the program needs it, whatever the database has set for others.
 */
#include "db/db_connection.h"

#include "base/text.h"
#include "db/db.h"
#include "db/harness.h"
#include "test.h"

/* clang-format off */
static const struct db_query SETTINGS = { "settings",
    "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name COLLATE \"C\") AS name FROM pg_settings"
    " WHERE name IN ('TimeZone', 'DateStyle', 'client_encoding', 'plan_cache_mode', 'application_name',"
    "                'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout',"
    "                'synchronous_commit', 'search_path', 'bytea_output', 'IntervalStyle',"
    "                'default_transaction_isolation', 'default_transaction_deferrable',"
    "                'standard_conforming_strings', 'idle_session_timeout')"
    "   AND $1::bigint > 0", 1, NULL };
/* clang-format on */

static const char *conninfo;
static struct call call = { .org_id = 7 };

static int begin(void **state)
{
    (void)state;
    call.db = db_open(conninfo, "test session");
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_close(call.db);
    arena_free(&call.arena);
    return 0;
}

static const char set_up[] =
    "DateStyle=ISO, MDY IntervalStyle=postgres TimeZone=UTC application_name=test session"
    " bytea_output=hex client_encoding=UTF8 default_transaction_deferrable=off"
    " default_transaction_isolation=read committed idle_in_transaction_session_timeout=30000"
    " idle_session_timeout=0 lock_timeout=5000 plan_cache_mode=force_generic_plan"
    " search_path=public standard_conforming_strings=on statement_timeout=15000"
    " synchronous_commit=";

static void assert_set_up(const char *synchronous_commit)
{
    const char *settings;

    assert_true(db_value_text(&call, (struct db_statement){ &SETTINGS, NULL }, &settings));
    assert_string_equal(settings, arena_format(&call.arena, "%s%s", set_up, synchronous_commit));
}

static void a_session_is_set_up(void **state)
{
    (void)state;
    assert_set_up("on");
}

static void habit(const char *setting)
{
    harness_run(conninfo,
        arena_format(&call.arena,
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %%I %s', current_database()); END $$",
            setting));
}

static void habits_of_the_database_are_not_ours(void **state)
{
    static const char *const habits[] = {
        "SET search_path = app, public",
        "SET default_transaction_isolation = ''serializable''",
        "SET default_transaction_deferrable = on",
        "SET TimeZone = ''Asia/Kolkata''",
        "SET DateStyle = ''German''",
        "SET IntervalStyle = ''iso_8601''",
        "SET bytea_output = ''escape''",
        "SET standard_conforming_strings = off",
        "SET plan_cache_mode = ''force_custom_plan''",
        "SET statement_timeout = ''1min''",
        "SET idle_session_timeout = ''1s''",
        "SET synchronous_commit = off",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(habits); i++)
        habit(habits[i]);
    harness_hang_up(conninfo);
    assert_true(db_connect(&call, 0));
    assert_set_up("on");

    /* Waiting for more than our own disk is no less safe. */
    habit("SET synchronous_commit = ''remote_apply''");
    harness_hang_up(conninfo);
    assert_true(db_connect(&call, 0));
    assert_set_up("remote_apply");

    habit("RESET ALL");
    harness_hang_up(conninfo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_session_is_set_up, begin, end),
        cmocka_unit_test_setup_teardown(habits_of_the_database_are_not_ours, begin, end),
    };

    conninfo = harness_empty_database();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

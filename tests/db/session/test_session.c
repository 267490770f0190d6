/*
 * Sessions against a real PostgreSQL: what the rows decide, and what one server tells another.
 */
#include "session/session.h"

#include <stdio.h>

#include "auth/org.h"
#include "base/clock.h"
#include "base/text.h"
#include "db/db_args.h"
#include "db/harness.h"
#include "test.h"

static const char fixture[] =
    "INSERT INTO org (name, host) VALUES ('Other', 'other.example');"
    "INSERT INTO users (org_id, username, password_hash, role, state, area_id)"
    " SELECT 1, 'asha', 'scrypt:1', 'dispatcher', 'active', min(id) FROM area WHERE org_id = 1;"
    "INSERT INTO users (org_id, username, password_hash, role, state)"
    " VALUES (1, 'bina', 'scrypt:1', 'biller', 'active'),"
    "        (2, 'otto', 'scrypt:1', 'admin', 'active');";

struct number {
    int64_t n;
};

static const struct field number_fields[] = { FIELD(struct number, n) };
static const struct shape number_shape = SHAPE(struct number, number_fields);

/* clang-format off */
static const struct db_query USER_ID
    = { "t_user_id", "SELECT id AS n FROM users WHERE org_id = $1 AND username = $2", 2, NULL };
static const struct db_query SESSIONS
    = { "t_sessions", "SELECT count(*) AS n FROM session WHERE org_id = $1 AND user_id = $2", 2, NULL };
static const struct db_query USED_AGO
    = { "t_used_ago", "SELECT extract(epoch FROM now() - used_at)::bigint AS n FROM session"
        " WHERE org_id = $1 AND id = $2", 2, NULL };
/* clang-format on */

static struct db *db;
static struct call call;
static const char *database;

static int64_t number(const struct db_query *query, struct db_args args)
{
    struct number row;

    assert_true(db_one_args(&call, query, args, &number_shape, &row));
    return row.n;
}

static int64_t user_id(const char *username)
{
    return number(&USER_ID, DB_ARGS(db_text(username)));
}

static int64_t sessions_of(int64_t user)
{
    return number(&SESSIONS, DB_ARGS(db_i64(&call, user)));
}

static void run(const char *sql)
{
    harness_run(database, sql);
}

static int begin(void **state)
{
    const struct session_settings settings = {
        .secret = "the key of the tests", .idle_seconds = 1800, .absolute_seconds = 3600
    };

    (void)state;
    database = harness_database();
    run("DELETE FROM session; UPDATE users SET state = 'active'");
    session_start(&settings);
    session_listener_alive();
    call = (struct call){ .db = db, .org_id = 1, .address = "192.0.2.7" };
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_rollback(&call);
    arena_free(&call.arena);
    session_stop();
    return 0;
}

static const char *sign_in_as(const char *username, struct session_view *view)
{
    const char *cookie;

    call.person = (struct person){ .id = user_id(username), .role = 3, .name = username };
    assert_true(session_create(&call, "Firefox \xff on \x01 Linux", &cookie, view));
    call.person.session_id = view->person.session_id;
    return cookie;
}

static bool loads(const char *cookie, struct session_view *view)
{
    bool known;

    assert_true(session_load(&call, cookie, true, view, &known));
    return known;
}

static void a_session_is_loaded_once_and_then_known(void **state)
{
    struct session_view begun, loaded, looked;
    const char *cookie = sign_in_as("asha", &begun);

    (void)state;
    assert_int_equal(session_find_cached(&call.arena, cookie, true, &looked), SESSION_NOT_CACHED);
    assert_true(loads(cookie, &loaded));
    assert_int_equal(session_find_cached(&call.arena, cookie, true, &looked), SESSION_KNOWN);

    assert_string_equal(looked.csrf, begun.csrf);
    assert_string_equal(looked.csrf, loaded.csrf);
    assert_string_equal(looked.person.name, "asha");
    assert_true(looked.person.area_id > 0);
    assert_int_equal(looked.person.role, 3);
    assert_int_equal(looked.person.id, user_id("asha"));
    assert_int_equal(looked.org_id, 1);
    assert_in_range(looked.idle_left, 1795, 1800);
    assert_in_range(looked.absolute_left, 3595, 3600);
}

static void the_secret_decides_and_not_the_id(void **state)
{
    struct session_view view;
    const char *cookie = sign_in_as("asha", &view);

    (void)state;
    run("UPDATE session SET secret_hash = sha256('another')");
    assert_false(loads(cookie, &view));
    assert_int_equal(session_find_cached(&call.arena, cookie, true, &view), SESSION_NONE);
}

static void a_session_of_another_organisation_loads_as_its_own(void **state)
{
    struct session_view view;

    (void)state;
    call.org_id = 2;

    const char *cookie = sign_in_as("otto", &view);

    call.org_id = 0;
    assert_true(loads(cookie, &view));
    assert_int_equal(view.org_id, 2);
    assert_int_equal(call.org_id, 0);
}

static void nothing_cached_is_believed_without_a_feed(void **state)
{
    const struct session_settings settings = {
        .secret = "the key of the tests", .idle_seconds = 1800, .absolute_seconds = 3600
    };
    struct session_view view;
    const char *cookie = sign_in_as("asha", &view);

    (void)state;
    session_stop();
    session_start(&settings);
    assert_true(loads(cookie, &view));
    assert_int_equal(session_find_cached(&call.arena, cookie, true, &view), SESSION_NOT_CACHED);
    session_listener_alive();
    assert_int_equal(session_find_cached(&call.arena, cookie, true, &view), SESSION_KNOWN);
}

static void a_changed_role_counts_at_once(void **state)
{
    struct session_view view;
    const char *cookie = sign_in_as("asha", &view);

    (void)state;
    assert_true(loads(cookie, &view));
    assert_true(session_announce_change(&call, call.person.id));
    assert_int_equal(session_find_cached(&call.arena, cookie, true, &view), SESSION_NOT_CACHED);
    run("UPDATE users SET role = 'biller', area_id = NULL WHERE username = 'asha'");
    assert_true(loads(cookie, &view));
    assert_int_equal(view.person.role, 2);
    assert_int_equal(view.person.area_id, 0);
    run("UPDATE users SET role = 'dispatcher', area_id = 1 WHERE username = 'asha'");
}

static void a_locked_account_has_no_sessions_until_it_is_unlocked(void **state)
{
    struct session_view view;
    const char *cookie = sign_in_as("asha", &view);

    (void)state;
    run("UPDATE users SET state = 'locked' WHERE username = 'asha'");
    assert_false(loads(cookie, &view));
    assert_int_equal(session_find_cached(&call.arena, cookie, true, &view), SESSION_NONE);

    run("UPDATE users SET state = 'active' WHERE username = 'asha'");
    session_invalidate("1");
    assert_int_equal(session_find_cached(&call.arena, cookie, true, &view), SESSION_NOT_CACHED);
    assert_true(loads(cookie, &view));
}

static void a_session_that_was_ended_is_over(void **state)
{
    struct session_view view;
    const char *cookie = sign_in_as("asha", &view);

    (void)state;
    assert_true(loads(cookie, &view));
    assert_true(session_end(&call));
    assert_int_equal(session_find_cached(&call.arena, cookie, true, &view), SESSION_NOT_CACHED);
    assert_false(loads(cookie, &view));
    assert_int_equal(sessions_of(call.person.id), 0);

    assert_false(session_end(&call));
    assert_int_equal(call.fault.code, FAULT_NOT_FOUND);
}

static void old_and_idle_sessions_are_over(void **state)
{
    struct session_view view;
    const char *cookie = sign_in_as("asha", &view);

    (void)state;
    run("UPDATE session SET used_at = now() - interval '31 minutes'");
    assert_false(loads(cookie, &view));

    cookie = sign_in_as("asha", &view);
    run("UPDATE session SET created_at = now() - interval '61 minutes'");
    assert_false(loads(cookie, &view));

    sign_in_as("asha", &view);
    assert_int_equal(sessions_of(call.person.id), 1);
}

static void people_see_and_end_only_their_own_sessions(void **state)
{
    struct session_view view, mine;
    struct list rows;

    (void)state;
    sign_in_as("bina", &view);

    const int64_t theirs = view.person.session_id;
    const char *first = sign_in_as("asha", &view);

    sign_in_as("asha", &view);
    sign_in_as("asha", &mine);
    assert_true(session_list(&call, &rows));
    assert_int_equal(rows.count, 3);

    const struct session_entry *entries = rows.items;

    assert_true(entries[0].current);
    assert_false(entries[1].current);
    assert_string_equal(entries[0].device, "Firefox ? on ? Linux");
    assert_string_equal(entries[0].address, "192.0.2.7");

    assert_false(session_end_by_id(&call, theirs));
    assert_int_equal(call.fault.code, FAULT_NOT_FOUND);

    int64_t ended;

    assert_true(session_end_all(&call, call.person.id, mine.person.session_id, &ended));
    assert_int_equal(ended, 2);
    assert_false(loads(first, &view));
    assert_int_equal(sessions_of(call.person.id), 1);
    assert_int_equal(sessions_of(user_id("bina")), 1);
}

static void the_own_session_is_shown_with_its_token(void **state)
{
    struct session_view begun, shown;

    (void)state;
    sign_in_as("asha", &begun);
    run("UPDATE session SET used_at = now() - interval '10 minutes'");
    assert_true(session_find_own(&call, &shown));
    assert_string_equal(shown.csrf, begun.csrf);
    assert_in_range(shown.idle_left, 1195, 1201);
    assert_int_equal(shown.idle_seconds, 1800);
}

static void uses_reach_the_row(void **state)
{
    struct session_view view;
    const char *cookie = sign_in_as("asha", &view);

    (void)state;
    run("UPDATE session SET used_at = now() - interval '10 minutes'");
    assert_true(loads(cookie, &view));
    assert_true(session_flush_activity(&call));
    assert_in_range(number(&USED_AGO, DB_ARGS(db_i64(&call, view.person.session_id))), 0, 5);

    run("UPDATE session SET used_at = now() - interval '10 minutes'");
    assert_int_equal(session_find_cached(&call.arena, cookie, true, &view), SESSION_KNOWN);
    assert_true(session_flush_activity(&call));
    assert_in_range(number(&USED_AGO, DB_ARGS(db_i64(&call, view.person.session_id))), 590, 610);
}

static int64_t org_of(const char *host)
{
    assert_true(org_find_by_host(&call, host));
    return call.org_id;
}

static void a_host_name_has_an_organisation(void **state)
{
    (void)state;
    assert_int_equal(org_of(NULL), 1);
    assert_int_equal(org_of(""), 1);
    assert_int_equal(org_of("unknown.example"), 1);
    assert_int_equal(org_of("other.example"), 2);
    assert_int_equal(org_of("Other.Example:5000"), 2);
    assert_int_equal(org_of("[::1]:5000"), 1);
    assert_int_equal(org_of("[::1]"), 1);
    assert_int_equal(org_of("other.example\x01"), 1);
}

#define WITH_SESSIONS(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SESSIONS(a_session_is_loaded_once_and_then_known),
        WITH_SESSIONS(the_secret_decides_and_not_the_id),
        WITH_SESSIONS(a_session_of_another_organisation_loads_as_its_own),
        WITH_SESSIONS(nothing_cached_is_believed_without_a_feed),
        WITH_SESSIONS(a_changed_role_counts_at_once),
        WITH_SESSIONS(a_locked_account_has_no_sessions_until_it_is_unlocked),
        WITH_SESSIONS(a_session_that_was_ended_is_over),
        WITH_SESSIONS(old_and_idle_sessions_are_over),
        WITH_SESSIONS(people_see_and_end_only_their_own_sessions),
        WITH_SESSIONS(the_own_session_is_shown_with_its_token),
        WITH_SESSIONS(uses_reach_the_row),
        WITH_SESSIONS(a_host_name_has_an_organisation),
    };

    database = harness_database();
    harness_run(database, fixture);
    db = db_open(database, "test session");

    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    db_close(db);
    return failed;
}

/*
 * Second factors at sign-in, against a real PostgreSQL: set up, asked for, used up, taken away.
 */
#include "user/two_factor.h"

#include <liboath/oath.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "auth/password.h"
#include "auth/session.h"
#include "auth/totp.h"
#include "auth/vault.h"
#include "base/clock.h"
#include "base/text.h"
#include "db/db.h"
#include "harness.h"
#include "test.h"
#include "user/sign_in.h"

#define RIGHT "Monsoon-7-lorries"
#define WRONG "Monsoon-8-lorries"
#define KEY "the key of the tests"

struct number {
    int64_t n;
};

static const struct field number_fields[] = { FIELD(struct number, n) };
static const struct shape number_shape = SHAPE(struct number, number_fields);

/* clang-format off */
static const struct db_query AUDITED = { "t_audited",
    "SELECT count(*) AS n FROM audit_log WHERE org_id = $1 AND action = $2", 2 };
static const struct db_query WRITTEN = { "t_written",
    "SELECT count(*) AS n FROM (SELECT t::text FROM audit_log t WHERE org_id = $1"
    " UNION ALL SELECT t::text FROM two_factor t WHERE org_id = $1"
    " UNION ALL SELECT t::text FROM recovery_code t WHERE org_id = $1) AS all_rows (said)"
    " WHERE said LIKE '%' || $2 || '%'", 2 };
/* clang-format on */

static const char *database, *serve;
static struct db *db;
static struct call call;
static struct sign_in attempt;
static int64_t asha_id;
static unsigned char secret[TOTP_SECRET_BYTES];
static const char *codes[RECOVERY_CODES];

static int64_t number(const struct db_query *query, struct db_args args)
{
    struct number row;

    assert_true(db_one(&call, query, args, &number_shape, &row));
    return row.n;
}

static void run(const char *sql)
{
    harness_run(database, sql);
}

/* The next test begins with all limits free; what was used stays used. */
static void forget_tries(void)
{
    run("TRUNCATE attempt, login_attempt");
}

static int begin(void **state)
{
    (void)state;
    run("TRUNCATE attempt, login_attempt, session, audit_log, two_factor CASCADE;"
        "UPDATE users SET state = 'active'");
    vault_open(KEY);
    call = (struct call){ .db = db,
        .org_id = 1,
        .address = "192.0.2.7",
        .person = { .id = asha_id, .role = ROLE_ADMIN, .name = "asha" } };
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_rollback(&call);
    arena_free(&call.arena);
    return 0;
}

static enum fault_code settle(bool done)
{
    const enum fault_code code = call.fault.code;

    if (done)
        assert_true(db_commit(&call));
    else
        db_rollback(&call);
    fail_clear(&call);
    return done ? FAULT_NONE : code;
}

/* As asha, whoever was signed in before. */
static void be_asha(void)
{
    call.person = (struct person){ .id = asha_id, .role = ROLE_ADMIN, .name = "asha" };
    assert_true(db_begin(&call));
}

static enum fault_code set_up(void)
{
    struct two_factor_secret made;
    char *bytes;
    size_t length;

    be_asha();

    const enum fault_code code = settle(two_factor_begin(&call, &made));

    if (code)
        return code;
    assert_int_equal(
        oath_base32_decode(made.secret, strlen(made.secret), &bytes, &length), OATH_OK);
    assert_int_equal(length, sizeof secret);
    memcpy(secret, bytes, length);
    free(bytes);
    assert_non_null(strstr(made.uri, made.secret));
    return FAULT_NONE;
}

/* A code some steps away from now; not at the very end of a step, so that "now" stays true. */
static const char *code_of(int off)
{
    char code[7];

    while (clock_unix() % TOTP_STEP_SECONDS >= TOTP_STEP_SECONDS - 2)
        usleep(100000);
    totp_code(secret, clock_unix() / TOTP_STEP_SECONDS + off, code);
    return arena_text(&call.arena, code);
}

static enum fault_code confirm(const char *code)
{
    be_asha();
    return settle(two_factor_confirm(&call, code, codes));
}

static enum fault_code try(const char *password, const char *code)
{
    attempt = (struct sign_in){
        .username = "asha", .password = password, .code = code, .device = "Firefox"
    };
    assert_true(sign_in(&call, &attempt));
    return attempt.refused.code;
}

/* With a second factor whose codes were not used yet, but for the one of the step before. */
static int begin_enabled(void **state)
{
    begin(state);
    assert_int_equal(set_up(), FAULT_NONE);
    assert_int_equal(confirm(code_of(-1)), FAULT_NONE);
    forget_tries();
    return 0;
}

static void it_counts_once_a_code_was_shown(void **state)
{
    struct two_factor_state now;

    (void)state;
    assert_int_equal(set_up(), FAULT_NONE);
    assert_int_equal(try(RIGHT, NULL), FAULT_NONE);
    assert_int_equal(confirm("000000"), FAULT_BAD_FIELDS);
    assert_int_equal(try(RIGHT, NULL), FAULT_NONE);
    assert_int_equal(confirm(code_of(0)), FAULT_NONE);
    assert_int_equal(try(RIGHT, NULL), FAULT_CODE_REQUIRED);

    assert_true(two_factor_state(&call, asha_id, &now));
    assert_true(now.enabled);
    assert_int_equal(now.recovery_codes_left, RECOVERY_CODES);
    assert_int_equal(set_up(), FAULT_REFUSED);
    assert_int_equal(confirm(code_of(1)), FAULT_REFUSED);
}

static void there_is_nothing_to_confirm_before_it_begins(void **state)
{
    (void)state;
    assert_int_equal(confirm("123456"), FAULT_REFUSED);
}

static void a_new_beginning_ends_the_old_one(void **state)
{
    (void)state;
    assert_int_equal(set_up(), FAULT_NONE);

    const char *old_code = code_of(0);

    assert_int_equal(set_up(), FAULT_NONE);
    if (strcmp(old_code, code_of(0)) != 0)
        assert_int_equal(confirm(old_code), FAULT_BAD_FIELDS);
    assert_int_equal(confirm(code_of(0)), FAULT_NONE);
}

static void the_code_is_asked_for_after_the_right_password_only(void **state)
{
    (void)state;
    assert_int_equal(try(WRONG, NULL), FAULT_BAD_CREDENTIALS);
    assert_int_equal(try(WRONG, code_of(0)), FAULT_BAD_CREDENTIALS);
    assert_int_equal(try(RIGHT, NULL), FAULT_CODE_REQUIRED);
    assert_int_equal(try(RIGHT, ""), FAULT_CODE_REQUIRED);
    assert_null(attempt.cookie);
    assert_int_equal(try(RIGHT, code_of(0)), FAULT_NONE);
    assert_non_null(attempt.cookie);
}

static void a_code_is_good_once(void **state)
{
    const char *code = code_of(0);

    (void)state;
    assert_int_equal(try(RIGHT, code), FAULT_NONE);
    assert_int_equal(try(RIGHT, code), FAULT_CODE_REQUIRED);
    assert_non_null(strstr(attempt.refused.told, "used already"));
}

static void the_code_that_confirmed_it_opens_nothing(void **state)
{
    (void)state;
    assert_int_equal(try(RIGHT, code_of(-1)), FAULT_CODE_REQUIRED);
}

static void older_codes_die_with_a_newer_one(void **state)
{
    (void)state;
    assert_int_equal(try(RIGHT, code_of(1)), FAULT_NONE);
    assert_int_equal(try(RIGHT, code_of(0)), FAULT_CODE_REQUIRED);
    assert_int_equal(try(RIGHT, code_of(-1)), FAULT_CODE_REQUIRED);
}

static void clocks_may_be_a_step_off(void **state)
{
    (void)state;
    run("UPDATE two_factor SET last_step = 0");
    assert_int_equal(try(RIGHT, code_of(-2)), FAULT_CODE_REQUIRED);
    assert_int_equal(try(RIGHT, code_of(2)), FAULT_CODE_REQUIRED);
    assert_int_equal(try(RIGHT, code_of(-1)), FAULT_NONE);
    assert_int_equal(try(RIGHT, code_of(1)), FAULT_NONE);
}

static void a_recovery_code_opens_once(void **state)
{
    struct two_factor_state now;

    (void)state;
    assert_int_equal(try(RIGHT, codes[3]), FAULT_NONE);
    assert_int_equal(try(RIGHT, codes[3]), FAULT_CODE_REQUIRED);
    assert_int_equal(try(RIGHT, codes[9]), FAULT_NONE);
    assert_true(two_factor_state(&call, asha_id, &now));
    assert_int_equal(now.recovery_codes_left, RECOVERY_CODES - 2);
    assert_int_equal(number(&AUDITED, DB_ARGS(db_text("recovery_code_used"))), 2);
}

static void tries_have_a_limit_of_their_own(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        assert_int_equal(try(RIGHT, "000000"), FAULT_CODE_REQUIRED);
    assert_int_equal(try(RIGHT, code_of(0)), FAULT_TOO_OFTEN);
    assert_in_range(attempt.refused.retry_seconds, 50, 60);
    assert_int_equal(try(RIGHT, NULL), FAULT_CODE_REQUIRED);

    /* Nobody else is hindered by it, and the name is not locked. */
    run("UPDATE attempt SET at = ARRAY(SELECT t - interval '61 seconds' FROM unnest(at) t)");
    assert_int_equal(try(RIGHT, code_of(0)), FAULT_NONE);
}

static void codes_cannot_be_guessed_with_patience(void **state)
{
    int tried = 0;

    (void)state;
    while (tried < 60 && try(RIGHT, "000000") == FAULT_CODE_REQUIRED) {
        tried++;
        run("UPDATE attempt SET at = ARRAY(SELECT t - interval '61 seconds' FROM unnest(at) t)");
    }
    assert_int_equal(tried, 50);
    assert_true(attempt.refused.retry_seconds > 3600);
}

struct entry {
    const char *code;
    bool in;
};

static void *enter(void *argument)
{
    struct call other = { .db = db_open(serve, "enterer"), .address = "192.0.2.8" };
    struct entry *entry = argument;
    struct sign_in at_once = {
        .username = "asha", .password = RIGHT, .code = entry->code, .device = ""
    };

    entry->in = sign_in(&other, &at_once) && at_once.refused.code == FAULT_NONE;
    db_rollback(&other);
    db_close(other.db);
    arena_free(&other.arena);
    return NULL;
}

/* How many of four, who show the same code at the same moment, get in. */
static int enter_at_once(const char *code)
{
    pthread_t threads[4];
    struct entry entries[4];
    int in = 0;

    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        entries[i] = (struct entry){ .code = code };
        assert_int_equal(pthread_create(&threads[i], NULL, enter, &entries[i]), 0);
    }
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        pthread_join(threads[i], NULL);
        in += entries[i].in;
    }
    return in;
}

static void of_several_with_the_same_code_one_gets_in(void **state)
{
    (void)state;
    assert_int_equal(enter_at_once(code_of(0)), 1);
    forget_tries();
    assert_int_equal(enter_at_once(codes[0]), 1);
}

static void with_another_session_secret_recovery_codes_still_open(void **state)
{
    (void)state;
    vault_open("another key");
    assert_int_equal(try(RIGHT, code_of(0)), FAULT_CODE_REQUIRED);
    assert_int_equal(try(RIGHT, codes[0]), FAULT_NONE);
    vault_open(KEY);
    assert_int_equal(try(RIGHT, code_of(0)), FAULT_NONE);
}

static void a_secret_is_of_no_use_to_another_account(void **state)
{
    (void)state;
    run("INSERT INTO two_factor (org_id, user_id, secret, confirmed_at)"
        " SELECT 1, (SELECT id FROM users WHERE username = 'bina'), secret, now() FROM two_factor");
    attempt =
        (struct sign_in){ .username = "bina", .password = RIGHT, .code = code_of(0), .device = "" };
    assert_true(sign_in(&call, &attempt));
    assert_int_equal(attempt.refused.code, FAULT_CODE_REQUIRED);
}

static void it_can_be_taken_away(void **state)
{
    bool had;

    (void)state;
    be_asha();
    assert_int_equal(settle(two_factor_remove(&call, asha_id, &had)), FAULT_NONE);
    assert_true(had);
    assert_int_equal(try(RIGHT, NULL), FAULT_NONE);
    be_asha();
    assert_int_equal(settle(two_factor_remove(&call, asha_id, &had)), FAULT_NONE);
    assert_false(had);
    assert_int_equal(number(&AUDITED, DB_ARGS(db_text("two_factor_off"))), 1);
}

static void it_is_audited_without_secrets(void **state)
{
    char hex[2 * TOTP_SECRET_BYTES + 1];

    (void)state;
    text_hex(secret, sizeof secret, hex);
    assert_int_equal(try(RIGHT, "000000"), FAULT_CODE_REQUIRED);
    assert_int_equal(try(RIGHT, codes[0]), FAULT_NONE);
    assert_int_equal(number(&AUDITED, DB_ARGS(db_text("two_factor_begin"))), 1);
    assert_int_equal(number(&AUDITED, DB_ARGS(db_text("two_factor_on"))), 1);
    assert_int_equal(number(&AUDITED, DB_ARGS(db_text("sign_in_failed"))), 1);
    assert_int_equal(number(&AUDITED, DB_ARGS(db_text("recovery_code_used"))), 1);
    assert_int_equal(number(&WRITTEN, DB_ARGS(db_text(hex))), 0);
    assert_int_equal(number(&WRITTEN, DB_ARGS(db_text(totp_secret_text(&call.arena, secret)))), 0);
    for (int i = 0; i < RECOVERY_CODES; i++)
        assert_int_equal(number(&WRITTEN, DB_ARGS(db_text(codes[i]))), 0);
}

static bool lacks_it(void)
{
    struct session_view view;
    bool known;

    assert_true(session_load(&call, attempt.cookie, true, &view, &known));
    assert_true(known);
    return view.person.lacks_two_factor;
}

static void open_sessions(bool admin_two_factor)
{
    session_close();
    session_open(&(struct session_settings){ .secret = KEY,
        .idle_seconds = 1800,
        .absolute_seconds = 3600,
        .admin_two_factor = admin_two_factor });
}

static void an_administrator_may_have_to_have_one(void **state)
{
    (void)state;
    assert_int_equal(try(RIGHT, NULL), FAULT_NONE);
    assert_false(lacks_it());
    open_sessions(true);
    assert_true(lacks_it());
    assert_int_equal(set_up(), FAULT_NONE);
    assert_true(lacks_it());
    assert_int_equal(confirm(code_of(0)), FAULT_NONE);
    assert_false(lacks_it());
    run("UPDATE users SET role = 'biller' WHERE username = 'asha'; DELETE FROM two_factor");
    assert_false(lacks_it());
    run("UPDATE users SET role = 'admin' WHERE username = 'asha'");
    open_sessions(false);
}

static void one_address_fails_ten_times_a_minute(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++) {
        attempt = (struct sign_in){
            .username = arena_format(&call.arena, "nobody%d", i), .password = WRONG, .device = ""
        };
        assert_true(sign_in(&call, &attempt));
        assert_int_equal(attempt.refused.code, FAULT_BAD_CREDENTIALS);
    }
    assert_int_equal(try(RIGHT, NULL), FAULT_TOO_OFTEN);
    assert_in_range(attempt.refused.retry_seconds, 1, 60);
    call.address = "192.0.2.8";
    assert_int_equal(try(RIGHT, NULL), FAULT_NONE);
}

/* A warehouse behind one address: some mistype, all get in. */
static void whoever_gets_in_costs_his_neighbours_nothing(void **state)
{
    (void)state;
    for (int i = 0; i < 30; i++) {
        if (i % 2)
            assert_int_equal(try(WRONG, NULL), FAULT_BAD_CREDENTIALS);
        assert_int_equal(try(RIGHT, NULL), FAULT_NONE);
    }
}

static int open_all(void **state)
{
    struct user_new user = {
        .username = "asha", .password = RIGHT, .role = ROLE_ADMIN, .active = true
    };
    int64_t bina_id;

    (void)state;
    open_sessions(false);
    turn_open(2, 8);
    call = (struct call){ .db = db, .org_id = 1, .address = "" };
    if (!db_begin(&call) || !user_create(&call, TURN_WAIT, &user, &asha_id))
        return -1;
    user.username = "bina";

    const bool done = user_create(&call, TURN_WAIT, &user, &bina_id) && db_commit(&call);

    arena_free(&call.arena);
    return done ? 0 : -1;
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)
#define ENABLED(test) cmocka_unit_test_setup_teardown(test, begin_enabled, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_counts_once_a_code_was_shown),
        TEST(there_is_nothing_to_confirm_before_it_begins),
        TEST(a_new_beginning_ends_the_old_one),
        ENABLED(the_code_is_asked_for_after_the_right_password_only),
        ENABLED(a_code_is_good_once),
        ENABLED(the_code_that_confirmed_it_opens_nothing),
        ENABLED(older_codes_die_with_a_newer_one),
        ENABLED(clocks_may_be_a_step_off),
        ENABLED(a_recovery_code_opens_once),
        ENABLED(tries_have_a_limit_of_their_own),
        ENABLED(codes_cannot_be_guessed_with_patience),
        ENABLED(of_several_with_the_same_code_one_gets_in),
        ENABLED(with_another_session_secret_recovery_codes_still_open),
        ENABLED(a_secret_is_of_no_use_to_another_account),
        ENABLED(it_can_be_taken_away),
        ENABLED(it_is_audited_without_secrets),
        TEST(an_administrator_may_have_to_have_one),
        TEST(one_address_fails_ten_times_a_minute),
        TEST(whoever_gets_in_costs_his_neighbours_nothing),
    };

    struct arena arena = { 0 };

    database = harness_database();
    harness_run(database,
        "DO $$ BEGIN CREATE ROLE tracetrack_serve NOLOGIN;"
        " EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
        "SELECT serve_rights()");
    serve = arena_format(&arena, "%s options='-c role=tracetrack_serve'", database);
    db = db_open(serve, "test two-factor");

    const int failed = cmocka_run_group_tests(tests, open_all, NULL);

    session_close();
    db_close(db);
    arena_free(&arena);
    return failed;
}

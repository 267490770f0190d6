/*
 * Signing in and setting up, against a real PostgreSQL, as the role that serves: so this is also
 * where its rights are tried.
 */
#include "account/sign_in.h"

#include <pthread.h>
#include <stdio.h>

#include "account/setup.h"
#include "auth/password.h"
#include "base/clock.h"
#include "base/text.h"
#include "db/db_args.h"
#include "db/harness.h"
#include "db/rights.h"
#include "http/rate.h"
#include "test.h"

/* Python: hashlib.scrypt(b'Gr\xc3\xbcn-7!', salt=b'a', n=1024, r=8, p=2, dklen=64) */
#define CHEAP                                                                                      \
    "scrypt:1024:8:2$a$"                                                                           \
    "fd1bd9b76947c8a8171f93ab7d32d5e7768ef7516d8aadf02abafb246b977fe6"                             \
    "262ae30882bda39b0b83c6a265fb67c8d7eff7551381bd82bb100f2169dbe3c5"
#define CHEAP_PASSWORD "Gr\xc3\xbcn-7!"
#define RIGHT "Monsoon-7-lorries"
#define WRONG "Monsoon-8-lorries"

struct number {
    int64_t n;
};

static const struct field number_fields[] = { FIELD(struct number, n) };
static const struct shape number_shape = SHAPE(struct number, number_fields);

/* clang-format off */
static const struct db_query AUDITED = { "t_audited",
    "SELECT count(*) AS n FROM audit_log WHERE org_id = $1 AND action = $2", 2, NULL };
static const struct db_query ATTEMPTS = { "t_attempts",
    "SELECT count(*) AS n FROM login_attempt WHERE org_id = $1", 1, NULL };
static const struct db_query OUR_HASHES = { "t_our_hashes",
    "SELECT count(*) AS n FROM users WHERE org_id = $1 AND username = $2"
    " AND password_hash LIKE 'scrypt:32768:8:1$%'", 2, NULL };
/* clang-format on */

static struct db *db;
static struct call call;
static const char *database, *serve;
static struct sign_in attempt;

static int64_t number(const struct db_query *query, struct db_args args)
{
    struct number row;

    assert_true(db_one_args(&call, query, args, &number_shape, &row));
    return row.n;
}

static int64_t audited(const char *action)
{
    return number(&AUDITED, DB_ARGS(db_text(action)));
}

static void run(const char *sql)
{
    harness_run(database, sql);
}

static int begin(void **state)
{
    (void)state;
    run("TRUNCATE login_attempt, attempt, session, audit_log;"
        "UPDATE users SET state = 'active';"
        "UPDATE org SET setup_hash = NULL");
    call = (struct call){ .db = db, .org_id = 1, .address = "192.0.2.7" };
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_rollback(&call);
    arena_free(&call.arena);
    return 0;
}

/* The fault that the attempt was refused with; FAULT_NONE: signed in. */
static enum fault_code try(const char *username, const char *password)
{
    attempt = (struct sign_in){
        .host = "localhost:5000", .username = username, .password = password, .device = "Firefox"
    };
    return sign_in(&call, &attempt) ? FAULT_NONE : call.fault.code;
}

static void the_right_password_opens_a_session(void **state)
{
    struct session_view view;
    bool known;

    (void)state;
    assert_int_equal(try("ASHA", RIGHT), FAULT_NONE);
    assert_string_equal(attempt.account.username, "asha");
    assert_int_equal(attempt.account.role, ROLE_DISPATCHER);
    assert_string_equal(attempt.account.zone, "Asia/Kolkata");
    assert_true(attempt.account.area != NULL);
    assert_int_equal(call.org_id, 1);
    assert_int_equal(call.person.id, attempt.account.id);

    assert_true(session_load(&call, attempt.cookie, true, &view, &known));
    assert_true(known);
    assert_string_equal(view.csrf, attempt.session.csrf);
    assert_int_equal(view.person.id, attempt.account.id);
    assert_int_equal(audited("sign_in"), 1);
    assert_int_equal(number(&ATTEMPTS, DB_NO_ARGS), 0);
}

static void a_name_may_have_blanks_around_it_and_be_an_address(void **state)
{
    (void)state;
    run("UPDATE users SET email = 'Asha.K@example.com' WHERE username = 'asha'");
    assert_int_equal(try(" asha ", RIGHT), FAULT_NONE);
    assert_int_equal(try("Asha\t", RIGHT), FAULT_NONE);
    assert_int_equal(try("asha.k@example.com", RIGHT), FAULT_NONE);
    assert_int_equal(try(" ASHA.K@EXAMPLE.COM ", RIGHT), FAULT_NONE);
    assert_string_equal(attempt.account.username, "asha");
    assert_int_equal(try("as ha", RIGHT), FAULT_BAD_CREDENTIALS);
    assert_int_equal(try("asha.k@example.co", RIGHT), FAULT_BAD_CREDENTIALS);
    assert_int_equal(try("asha.\u212a@example.com", RIGHT), FAULT_BAD_CREDENTIALS);
}

static void wrong_passwords_count_for_the_account_whichever_name_is_typed(void **state)
{
    static const char *const names[] = { "asha", "asha@example.com", " ASHA", "Asha@example.com" };

    (void)state;
    run("UPDATE users SET email = 'asha@example.com' WHERE username = 'asha'");
    for (int i = 0; i < 5; i++)
        assert_int_equal(try(names[i % 4], WRONG), FAULT_BAD_CREDENTIALS);
    assert_int_equal(try("asha", RIGHT), FAULT_LOCKED);
    assert_int_equal(try("asha@example.com", RIGHT), FAULT_LOCKED);
}

static void the_fifth_wrong_password_locks(void **state)
{
    (void)state;
    for (int i = 1; i <= 4; i++) {
        assert_int_equal(try("asha", WRONG), FAULT_BAD_CREDENTIALS);
        assert_int_equal(call.fault.retry_seconds, 0);
        assert_int_equal(call.fault.words.reason, REASON_NONE);
    }
    assert_int_equal(try("asha", WRONG), FAULT_BAD_CREDENTIALS);
    assert_int_equal(call.fault.retry_seconds, 900);
    assert_non_null(strstr(call.fault.words.english, "15 minutes"));

    assert_int_equal(try("Asha", RIGHT), FAULT_LOCKED);
    assert_in_range(call.fault.retry_seconds, 890, 900);
    assert_non_null(strstr(call.fault.words.english, "15 minutes"));
    assert_int_equal(audited("sign_in_failed"), 6);
    assert_int_equal(audited("locked"), 1);
}

static void a_name_that_nobody_has_is_treated_alike(void **state)
{
    (void)state;
    for (int i = 1; i <= 5; i++) {
        assert_int_equal(try("nobody", WRONG), FAULT_BAD_CREDENTIALS);
        assert_int_equal(call.fault.retry_seconds, i == 5 ? 900 : 0);
    }
    assert_int_equal(try("nobody", WRONG), FAULT_LOCKED);
    assert_int_equal(try("", ""), FAULT_BAD_CREDENTIALS);
    assert_int_equal(try("\xe2\x84\xaa", WRONG), FAULT_BAD_CREDENTIALS);
}

static int64_t time_of(const char *username)
{
    int64_t best_us = INT64_MAX;

    for (int i = 0; i < 3; i++) {
        const int64_t began_us = clock_us();

        assert_int_equal(try(username, WRONG), FAULT_BAD_CREDENTIALS);
        if (clock_us() - began_us < best_us)
            best_us = clock_us() - began_us;
    }
    return best_us;
}

static void a_name_that_nobody_has_takes_as_long(void **state)
{
    const int64_t somebody_us = time_of("asha"), nobody_us = time_of("nobody");

    (void)state;
    assert_true(nobody_us > somebody_us / 2 && nobody_us < somebody_us * 2);
}

static void a_locked_name_is_answered_without_hashing(void **state)
{
    (void)state;
    for (int i = 1; i <= 5; i++)
        try("asha", WRONG);

    const int64_t began_us = clock_us();

    for (int i = 0; i < 20; i++)
        assert_int_equal(try("asha", RIGHT), FAULT_LOCKED);
    assert_true(clock_us() - began_us < 20 * 30000);
}

static void a_lock_ends_and_the_count_begins_anew(void **state)
{
    (void)state;
    for (int i = 1; i <= 5; i++)
        try("asha", WRONG);
    run("UPDATE login_attempt SET locked_until = now() - interval '1 second'");
    for (int i = 1; i <= 4; i++)
        assert_int_equal(try("asha", WRONG), FAULT_BAD_CREDENTIALS);
    assert_int_equal(try("asha", RIGHT), FAULT_NONE);
    assert_int_equal(try("asha", WRONG), FAULT_BAD_CREDENTIALS);
    assert_int_equal(try("asha", RIGHT), FAULT_NONE);
}

static void old_wrong_tries_do_not_count_and_go(void **state)
{
    (void)state;
    for (int i = 1; i <= 4; i++)
        try("asha", WRONG);
    try("nobody", WRONG);
    run("UPDATE login_attempt SET at = now() - interval '2 hours'");
    assert_int_equal(try("asha", WRONG), FAULT_BAD_CREDENTIALS);
    assert_int_equal(call.fault.retry_seconds, 0);
    assert_int_equal(number(&ATTEMPTS, DB_NO_ARGS), 1);
}

static void a_weak_hash_is_made_anew(void **state)
{
    (void)state;
    run("UPDATE users SET password_hash = '" CHEAP "' WHERE username = 'bina'");
    assert_int_equal(try("bina", WRONG), FAULT_BAD_CREDENTIALS);
    assert_int_equal(number(&OUR_HASHES, DB_ARGS(db_text("bina"))), 0);
    assert_int_equal(try("bina", CHEAP_PASSWORD), FAULT_NONE);
    assert_int_equal(number(&OUR_HASHES, DB_ARGS(db_text("bina"))), 1);
    assert_int_equal(try("bina", CHEAP_PASSWORD), FAULT_NONE);
}

static enum fault_code try_at(const char *host)
{
    attempt = (struct sign_in){ .host = host, .username = "Nobody", .password = "", .device = "" };
    return sign_in(&call, &attempt) ? FAULT_NONE : call.fault.code;
}

/* What anybody does to a name of one organisation is nothing to the same name of another. */
static void tries_of_a_name_are_counted_by_organisation(void **state)
{
    enum fault_code code = FAULT_NONE;
    int tries = 0;

    (void)state;
    run("INSERT INTO org (name, host) VALUES ('Other', 'other.test')");
    rate_reset(false);
    while (code != FAULT_TOO_OFTEN && tries < 500) {
        code = try_at("localhost");
        tries++;
    }
    assert_in_range(tries, 100, 300);
    assert_in_range(call.fault.retry_seconds, 1, 60);
    assert_int_equal(try_at("other.test"), FAULT_BAD_CREDENTIALS);
    rate_reset(false);
}

static void the_state_of_an_account_is_told_with_the_right_password_only(void **state)
{
    (void)state;
    run("UPDATE users SET state = 'waiting' WHERE username = 'asha'");
    assert_int_equal(try("asha", WRONG), FAULT_BAD_CREDENTIALS);
    assert_int_equal(try("asha", RIGHT), FAULT_FORBIDDEN);
    run("UPDATE users SET state = 'locked' WHERE username = 'asha'");
    assert_int_equal(try("asha", RIGHT), FAULT_LOCKED);
    run("UPDATE users SET state = 'deleted' WHERE username = 'asha'");
    assert_int_equal(try("asha", RIGHT), FAULT_BAD_CREDENTIALS);
}

static void *guess(void *argument)
{
    struct call guesser = { .db = db_open(serve, "guesser"), .address = "192.0.2.8" };
    int *answers = argument;

    for (int i = 0; i < 4; i++) {
        struct sign_in guessed = {
            .username = "asha", .password = i == 3 ? RIGHT : WRONG, .device = ""
        };

        fail_clear(&guesser);
        answers[sign_in(&guesser, &guessed) ? FAULT_NONE : guesser.fault.code]++;
        arena_end(&guesser.arena);
    }
    db_close(guesser.db);
    arena_free(&guesser.arena);
    return NULL;
}

static void guesses_at_once_are_worth_five(void **state)
{
    pthread_t threads[6];
    int answers[6][FAULT_COUNT] = { 0 };
    int wrong = 0, signed_in = 0;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, guess, answers[i]), 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        pthread_join(threads[i], NULL);
        wrong += answers[i][FAULT_BAD_CREDENTIALS];
        signed_in += answers[i][FAULT_NONE];
    }
    assert_int_equal(wrong, 5);
    assert_int_equal(signed_in, 0);
}

static enum fault_code create(const char *username)
{
    const struct user_draft user = {
        .username = username, .password = RIGHT, .role = ROLE_BILLER, .active = true
    };
    int64_t id;

    assert_true(db_begin(&call));

    const bool created = user_create(&call, HASH_SLOT_WAIT, &user, &id);

    db_rollback(&call);
    if (created)
        return FAULT_NONE;
    assert_string_equal(call.fault.fields->field, "username");

    const enum fault_code code = call.fault.code;

    fail_clear(&call);
    return code;
}

static void names_are_checked_and_unique_without_case(void **state)
{
    (void)state;
    assert_int_equal(create("chand.r-2_x"), FAULT_NONE);
    assert_int_equal(create("ab"), FAULT_BAD_FIELDS);
    assert_int_equal(create("a b c"), FAULT_BAD_FIELDS);
    assert_int_equal(create("asha\xc3\xa9"), FAULT_BAD_FIELDS);
    assert_int_equal(create("12345678901234567890123456789012345678901"), FAULT_BAD_FIELDS);
    assert_int_equal(create("aSHa"), FAULT_BAD_FIELDS);
}

static const char *open_setup(const char *admin_password)
{
    const char *token = NULL;

    assert_true(
        db_begin(&call) && setup_prepare(&call, admin_password, &token) && db_commit(&call));
    return token;
}

static bool is_setup_needed(void)
{
    bool needed;

    assert_true(setup_is_needed(&call, &needed));
    return needed;
}

static enum fault_code use_link(const char *token, const char *password)
{
    int64_t id;

    assert_true(db_begin(&call));
    if (setup_complete(&call, token, "first.admin", password, &id)) {
        assert_true(db_commit(&call));
        return FAULT_NONE;
    }

    const enum fault_code code = call.fault.code;

    db_rollback(&call);
    fail_clear(&call);
    return code;
}

static void the_link_makes_one_administrator(void **state)
{
    (void)state;
    run("DELETE FROM users WHERE role = 'admin'");

    const char *first = open_setup(NULL), *token = open_setup(NULL);

    assert_true(is_setup_needed());
    assert_string_not_equal(first, token);
    assert_int_equal(strlen(token), 64);
    assert_int_equal(use_link(first, RIGHT), FAULT_FORBIDDEN);
    assert_int_equal(use_link("", RIGHT), FAULT_FORBIDDEN);
    assert_int_equal(use_link(token, "Lorry#42x"), FAULT_BAD_FIELDS);
    assert_int_equal(use_link(token, "seven lorries"), FAULT_BAD_FIELDS);
    assert_int_equal(use_link(token, RIGHT), FAULT_NONE);
    assert_int_equal(use_link(token, RIGHT), FAULT_FORBIDDEN);
    assert_false(is_setup_needed());
    assert_int_equal(try("first.admin", RIGHT), FAULT_NONE);
    assert_int_equal(attempt.account.role, ROLE_ADMIN);
    assert_null(open_setup("another password"));
    assert_int_equal(try("admin", "another password"), FAULT_BAD_CREDENTIALS);
}

static void a_password_from_the_settings_makes_admin(void **state)
{
    const char *token;

    (void)state;
    run("DELETE FROM users WHERE role = 'admin'");
    assert_true(db_begin(&call));
    assert_false(setup_prepare(&call, "too short", &token));
    assert_int_equal(call.fault.code, FAULT_CONFIG);
    db_rollback(&call);
    fail_clear(&call);

    assert_null(open_setup("from the settings"));
    assert_false(is_setup_needed());
    assert_int_equal(try("admin", "from the settings"), FAULT_NONE);
    assert_null(open_setup("another password"));
    assert_int_equal(try("admin", "another password"), FAULT_BAD_CREDENTIALS);
}

static void test_users_are_what_the_settings_say(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++)
        assert_true(db_begin(&call) && setup_create_test_users(&call, "biller-pw", "disp-pw")
            && db_commit(&call));
    assert_int_equal(try("biller1", "biller-pw"), FAULT_NONE);
    assert_int_equal(attempt.account.role, ROLE_BILLER);
    assert_int_equal(try("dispatcher1", "disp-pw"), FAULT_NONE);
    assert_int_equal(attempt.account.role, ROLE_DISPATCHER);
}

/* clang-format off */
static const struct right rights[] = {
    { { "t_right_0", "SELECT FROM audit_log WHERE org_id = $1", 1, NULL }, true },
    { { "t_right_1", "DELETE FROM audit_log WHERE org_id = $1", 1, NULL }, false },
    { { "t_right_2", "UPDATE audit_log SET reason = 'x' WHERE org_id = $1", 1, NULL }, false },
    { { "t_right_3", "SELECT FROM scan WHERE org_id = $1", 1, NULL }, true },
    { { "t_right_4", "DELETE FROM scan WHERE org_id = $1", 1, NULL }, false },
    { { "t_right_5", "UPDATE scan SET reason = 'x' WHERE org_id = $1", 1, NULL }, false },
    { { "t_right_6", "DELETE FROM org WHERE org_id = $1", 1, NULL }, false },
};
/* clang-format on */

static void history_only_grows(void **state)
{
    (void)state;
    assert_rights(&call, rights, COUNT_OF(rights));
}

static int open_all(void **state)
{
    const struct session_settings settings = {
        .secret = "the key of the tests", .idle_seconds = 1800, .absolute_seconds = 3600
    };
    struct user_draft asha = {
        .username = "asha", .password = RIGHT, .role = ROLE_DISPATCHER, .active = true
    };
    struct user_draft bina = {
        .username = "bina", .password = RIGHT, .role = ROLE_BILLER, .active = true
    };
    int64_t id;

    (void)state;
    session_start(&settings);
    hash_slots_set(2, 2);
    call = (struct call){ .db = db, .org_id = 1, .address = "" };
    asha.area_id = 1;

    const bool done = db_begin(&call) && user_create(&call, HASH_SLOT_WAIT, &asha, &id)
        && user_create(&call, HASH_SLOT_WAIT, &bina, &id) && db_commit(&call);

    arena_free(&call.arena);
    return done ? 0 : -1;
}

#define WITH_CALL(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CALL(the_right_password_opens_a_session),
        WITH_CALL(a_name_may_have_blanks_around_it_and_be_an_address),
        WITH_CALL(wrong_passwords_count_for_the_account_whichever_name_is_typed),
        WITH_CALL(the_fifth_wrong_password_locks),
        WITH_CALL(a_name_that_nobody_has_is_treated_alike),
        WITH_CALL(a_name_that_nobody_has_takes_as_long),
        WITH_CALL(a_locked_name_is_answered_without_hashing),
        WITH_CALL(a_lock_ends_and_the_count_begins_anew),
        WITH_CALL(old_wrong_tries_do_not_count_and_go),
        WITH_CALL(a_weak_hash_is_made_anew),
        WITH_CALL(tries_of_a_name_are_counted_by_organisation),
        WITH_CALL(the_state_of_an_account_is_told_with_the_right_password_only),
        WITH_CALL(guesses_at_once_are_worth_five),
        WITH_CALL(names_are_checked_and_unique_without_case),
        WITH_CALL(the_link_makes_one_administrator),
        WITH_CALL(a_password_from_the_settings_makes_admin),
        WITH_CALL(test_users_are_what_the_settings_say),
        WITH_CALL(history_only_grows),
    };

    struct arena arena = { 0 };

    database = harness_database();
    serve = arena_format(&arena, "%s options='-c role=tracetrack_serve'", database);
    db = db_open(serve, "test sign-in");

    const int failed = cmocka_run_group_tests(tests, open_all, NULL);

    session_stop();
    db_close(db);
    arena_free(&arena);
    return failed;
}

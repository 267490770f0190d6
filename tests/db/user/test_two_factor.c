/*
 * Second factors at sign-in, against a real PostgreSQL: set up, asked for, used up, taken away.
 */
#include "user/two_factor.h"

#include <liboath/oath.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "account/sign_in.h"
#include "auth/totp.h"
#include "auth/vault.h"
#include "base/clock.h"
#include "base/text.h"
#include "db/people.h"
#include "test.h"

#define KEY "the key of the tests"

static struct sign_in attempt;
static unsigned char secret[TOTP_SECRET_BYTES];
static const char *codes[RECOVERY_CODES];

/* How many rows of what is kept have this text. */
static int64_t written(const char *text)
{
    return count_of(arena_format(&call.arena,
        "SELECT count(*) FROM (SELECT t::text FROM audit_log t UNION ALL SELECT t::text FROM"
        " two_factor t UNION ALL SELECT t::text FROM recovery_code t) AS kept (said)"
        " WHERE said LIKE '%%%s%%'",
        text));
}

/* The next test begins with all limits free; what was used stays used. */
static void forget_tries(void)
{
    run("TRUNCATE attempt, login_attempt");
}

static int begin(void **state)
{
    vault_key_set(KEY);
    people_begin(state);
    return as("ada") ? 0 : -1;
}

static enum fault_code set_up(void)
{
    struct two_factor_secret made;
    char *bytes;
    size_t length;

    const enum fault_code code = FAULT_OF(as("ada") && two_factor_begin(&call, &made));

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
    return FAULT_OF(as("ada") && two_factor_confirm(&call, code, codes));
}

static enum fault_code try(const char *password, const char *code)
{
    attempt = (struct sign_in){
        .username = "ada", .password = password, .code = code, .device = "Firefox"
    };
    return sign_in(&call, &attempt) ? FAULT_NONE : call.fault.code;
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
    assert_int_equal(try(PASSWORD, NULL), FAULT_NONE);
    assert_int_equal(confirm("000000"), FAULT_BAD_FIELDS);
    assert_int_equal(try(PASSWORD, NULL), FAULT_NONE);
    assert_int_equal(confirm(code_of(0)), FAULT_NONE);
    assert_int_equal(try(PASSWORD, NULL), FAULT_CODE_REQUIRED);

    assert_true(two_factor_state(&call, id_of("ada"), &now));
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
    assert_int_equal(try(OTHER_PASSWORD, NULL), FAULT_BAD_CREDENTIALS);
    assert_int_equal(try(OTHER_PASSWORD, code_of(0)), FAULT_BAD_CREDENTIALS);
    assert_int_equal(try(PASSWORD, NULL), FAULT_CODE_REQUIRED);
    assert_int_equal(try(PASSWORD, ""), FAULT_CODE_REQUIRED);
    assert_null(attempt.cookie);
    assert_int_equal(try(PASSWORD, code_of(0)), FAULT_NONE);
    assert_non_null(attempt.cookie);
}

static void a_code_is_good_once(void **state)
{
    const char *code = code_of(0);

    (void)state;
    assert_int_equal(try(PASSWORD, code), FAULT_NONE);
    assert_int_equal(try(PASSWORD, code), FAULT_CODE_REQUIRED);
    assert_non_null(strstr(call.fault.words.english, "used already"));
}

static void forget_codes(void)
{
    run("UPDATE two_factor SET last_step = 0");
    forget_tries();
}

/* As apps show it, and as keyboards of other scripts send it. */
static void a_code_may_be_written_in_groups(void **state)
{
    static const char *const between[] = { " ", "-", "\u2009", " \u2013 " };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(between); i++) {
        const char *code = code_of(0);

        forget_codes();
        assert_int_equal(
            try(PASSWORD, arena_format(&call.arena, " %.3s%s%s ", code, between[i], code + 3)),
            FAULT_NONE);
    }

    const char *wide = "";

    forget_codes();
    for (const char *digit = code_of(0); *digit; digit++)
        wide = arena_format(&call.arena, "%s\xef\xbc%c", wide, 0x90 + *digit - '0');
    assert_int_equal(try(PASSWORD, wide), FAULT_NONE);

    forget_codes();
    assert_int_equal(
        try(PASSWORD, arena_format(&call.arena, " %.8s - %s", codes[5], codes[5] + 8)), FAULT_NONE);
}

static void the_code_that_confirmed_it_opens_nothing(void **state)
{
    (void)state;
    assert_int_equal(try(PASSWORD, code_of(-1)), FAULT_CODE_REQUIRED);
}

static void older_codes_die_with_a_newer_one(void **state)
{
    (void)state;
    assert_int_equal(try(PASSWORD, code_of(1)), FAULT_NONE);
    assert_int_equal(try(PASSWORD, code_of(0)), FAULT_CODE_REQUIRED);
    assert_int_equal(try(PASSWORD, code_of(-1)), FAULT_CODE_REQUIRED);
}

static void clocks_may_be_a_step_off(void **state)
{
    (void)state;
    run("UPDATE two_factor SET last_step = 0");
    assert_int_equal(try(PASSWORD, code_of(-2)), FAULT_CODE_REQUIRED);
    assert_int_equal(try(PASSWORD, code_of(2)), FAULT_CODE_REQUIRED);
    assert_int_equal(try(PASSWORD, code_of(-1)), FAULT_NONE);
    assert_int_equal(try(PASSWORD, code_of(1)), FAULT_NONE);
}

static void a_recovery_code_opens_once(void **state)
{
    struct two_factor_state now;

    (void)state;
    assert_int_equal(try(PASSWORD, codes[3]), FAULT_NONE);
    assert_int_equal(try(PASSWORD, codes[3]), FAULT_CODE_REQUIRED);
    assert_int_equal(try(PASSWORD, codes[9]), FAULT_NONE);
    assert_true(two_factor_state(&call, id_of("ada"), &now));
    assert_int_equal(now.recovery_codes_left, RECOVERY_CODES - 2);
    assert_int_equal(audited("recovery_code_used"), 2);
}

static void tries_have_a_limit_of_their_own(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        assert_int_equal(try(PASSWORD, "000000"), FAULT_CODE_REQUIRED);
    assert_int_equal(try(PASSWORD, code_of(0)), FAULT_TOO_OFTEN);
    assert_in_range(call.fault.retry_seconds, 50, 60);
    assert_int_equal(try(PASSWORD, NULL), FAULT_CODE_REQUIRED);

    /* Nobody else is hindered by it, and the name is not locked. */
    run("UPDATE attempt SET at = ARRAY(SELECT t - interval '61 seconds' FROM unnest(at) t)");
    assert_int_equal(try(PASSWORD, code_of(0)), FAULT_NONE);
}

static void codes_cannot_be_guessed_with_patience(void **state)
{
    int tried = 0;

    (void)state;
    while (tried < 60 && try(PASSWORD, "000000") == FAULT_CODE_REQUIRED) {
        tried++;
        run("UPDATE attempt SET at = ARRAY(SELECT t - interval '61 seconds' FROM unnest(at) t)");
    }
    assert_int_equal(tried, 50);
    assert_true(call.fault.retry_seconds > 3600);
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
        .username = "ada", .password = PASSWORD, .code = entry->code, .device = ""
    };

    entry->in = sign_in(&other, &at_once);
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
    vault_key_set("another key");
    assert_int_equal(try(PASSWORD, code_of(0)), FAULT_CODE_REQUIRED);
    assert_int_equal(try(PASSWORD, codes[0]), FAULT_NONE);
    vault_key_set(KEY);
    assert_int_equal(try(PASSWORD, code_of(0)), FAULT_NONE);
}

static void a_secret_is_of_no_use_to_another_account(void **state)
{
    (void)state;
    run("INSERT INTO two_factor (org_id, user_id, secret, confirmed_at)"
        " SELECT 1, (SELECT id FROM users WHERE username = 'bina'), secret, now() FROM two_factor");
    attempt = (struct sign_in){
        .username = "bina", .password = PASSWORD, .code = code_of(0), .device = ""
    };
    assert_false(sign_in(&call, &attempt));
    assert_int_equal(call.fault.code, FAULT_CODE_REQUIRED);
}

static void it_can_be_taken_away(void **state)
{
    bool had = false;

    (void)state;
    assert_int_equal(FAULT_OF(two_factor_remove(&call, id_of("ada"), &had)), FAULT_NONE);
    assert_true(had);
    assert_int_equal(try(PASSWORD, NULL), FAULT_NONE);
    assert_int_equal(FAULT_OF(two_factor_remove(&call, id_of("ada"), &had)), FAULT_NONE);
    assert_false(had);
    assert_int_equal(audited("two_factor_off"), 1);
}

static void it_is_audited_without_secrets(void **state)
{
    char hex[2 * TOTP_SECRET_BYTES + 1];

    (void)state;
    text_hex(secret, sizeof secret, hex);
    assert_int_equal(try(PASSWORD, "000000"), FAULT_CODE_REQUIRED);
    assert_int_equal(try(PASSWORD, codes[0]), FAULT_NONE);
    assert_int_equal(audited("two_factor_begin"), 1);
    assert_int_equal(audited("two_factor_on"), 1);
    assert_int_equal(audited("sign_in_failed"), 1);
    assert_int_equal(audited("recovery_code_used"), 1);
    assert_int_equal(written(hex), 0);
    assert_int_equal(written(totp_secret_text(&call.arena, secret)), 0);
    for (int i = 0; i < RECOVERY_CODES; i++)
        assert_int_equal(written(codes[i]), 0);
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
    session_stop();
    session_start(&(struct session_settings){ .secret = KEY,
        .idle_seconds = 1800,
        .absolute_seconds = 3600,
        .admin_two_factor = admin_two_factor });
}

static void an_administrator_may_have_to_have_one(void **state)
{
    (void)state;
    assert_int_equal(try(PASSWORD, NULL), FAULT_NONE);
    assert_false(lacks_it());
    open_sessions(true);
    assert_true(lacks_it());
    assert_int_equal(set_up(), FAULT_NONE);
    assert_true(lacks_it());
    assert_int_equal(confirm(code_of(0)), FAULT_NONE);
    assert_false(lacks_it());
    run("UPDATE users SET role = 'biller' WHERE username = 'ada'; DELETE FROM two_factor");
    assert_false(lacks_it());
    run("UPDATE users SET role = 'admin' WHERE username = 'ada'");
    open_sessions(false);
}

static void one_address_fails_ten_times_a_minute(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++) {
        attempt = (struct sign_in){ .username = arena_format(&call.arena, "nobody%d", i),
            .password = OTHER_PASSWORD,
            .device = "" };
        assert_false(sign_in(&call, &attempt));
        assert_int_equal(call.fault.code, FAULT_BAD_CREDENTIALS);
    }
    assert_int_equal(try(PASSWORD, NULL), FAULT_TOO_OFTEN);
    assert_in_range(call.fault.retry_seconds, 1, 60);
    call.address = "192.0.2.8";
    assert_int_equal(try(PASSWORD, NULL), FAULT_NONE);
}

/* A warehouse behind one address: some mistype, all get in. */
static void whoever_gets_in_costs_his_neighbours_nothing(void **state)
{
    (void)state;
    for (int i = 0; i < 30; i++) {
        if (i % 2)
            assert_int_equal(try(OTHER_PASSWORD, NULL), FAULT_BAD_CREDENTIALS);
        assert_int_equal(try(PASSWORD, NULL), FAULT_NONE);
    }
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, people_end)
#define ENABLED(test) cmocka_unit_test_setup_teardown(test, begin_enabled, people_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_counts_once_a_code_was_shown),
        TEST(there_is_nothing_to_confirm_before_it_begins),
        TEST(a_new_beginning_ends_the_old_one),
        ENABLED(the_code_is_asked_for_after_the_right_password_only),
        ENABLED(a_code_is_good_once),
        ENABLED(a_code_may_be_written_in_groups),
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

    return cmocka_run_group_tests(tests, people_open, people_close);
}

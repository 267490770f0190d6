/*
 * Forgotten passwords: from the wish to the link in the mail to a new password.
 */
#include "account/password_reset.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <stdlib.h>

#include "account/sign_in.h"
#include "base/clock.h"
#include "base/text.h"
#include "db/people.h"
#include "db/post_office.h"
#include "mail/mail_sender.h"
#include "test.h"

#define BASE "https://bags.example"
#define FRESH "Winter-9-lorries"

#define MAILS count_of("SELECT count(*) FROM mail")
#define SESSIONS count_of("SELECT count(*) FROM session")
#define TOKENS count_of("SELECT count(*) FROM password_reset")

static struct mail_sender_settings settings;

static bool compose(struct call *composer, enum mail_kind kind, const char *recipient,
    int64_t age_seconds, struct mail_content *words, bool *wanted)
{
    assert_int_equal(kind, MAIL_PASSWORD_RESET);
    return password_reset_compose(composer, recipient, age_seconds, BASE, words, wanted);
}

/* How many rows of what is kept have this text. */
static int64_t written(const char *text)
{
    return count_of(arena_format(&call.arena,
        "SELECT count(*) FROM (SELECT t::text FROM audit_log t UNION ALL SELECT t::text FROM"
        " password_reset t UNION ALL SELECT t::text FROM mail t) AS kept (said)"
        " WHERE said LIKE '%%%s%%'",
        text));
}

static int begin(void **state)
{
    people_begin(state);
    run("TRUNCATE mail; UPDATE users SET email = 'Bina@Example.ORG' WHERE username = 'bina'");
    mail_base_url_set(BASE);
    post_office_open(false);
    settings = (struct mail_sender_settings){ .base_url = BASE,
        .from = "tt@example.com",
        .compose = compose,
        .transport = {
            .smtp_url = arena_format(&call.arena, "smtp://127.0.0.1:%d", office.port) } };
    return 0;
}

static int end(void **state)
{
    post_office_close();
    return people_end(state);
}

static enum fault_code ask(const char *email)
{
    return FAULT_OF(password_reset_request(&call, email));
}

static enum fault_code reset(const char *token, const char *password)
{
    return FAULT_OF(password_reset_complete(&call, token, password));
}

static enum fault_code sign_in_with(const char *password)
{
    struct sign_in attempt = { .username = "bina", .password = password, .device = "" };

    return sign_in(&call, &attempt) ? FAULT_NONE : call.fault.code;
}

static void send_mail(void)
{
    assert_true(mail_sender_run_once(&call, &settings));
    call.org_id = 1;
}

/* The first part of the message that was sent, which is plain text. */
static const char *read_mail(void)
{
    const char *at = strstr(office.message, "base64\r\n\r\n");
    char *packed = arena_alloc(&call.arena, MESSAGE_MAX, 1), *end = packed;

    assert_non_null(at);
    for (at += strlen("base64\r\n\r\n"); *at != '-'; at++)
        if (*at != '\r' && *at != '\n')
            *end++ = *at;

    char *text = arena_alloc(&call.arena, MESSAGE_MAX, 1);

    EVP_DecodeBlock((unsigned char *)text, (const unsigned char *)packed, (int)(end - packed));
    return text;
}

static const char *token_sent(void)
{
    static const char start[] = BASE "/reset#token=";
    const char *link;

    send_mail();
    link = strstr(read_mail(), start);
    assert_non_null(link);
    return arena_bytes(&call.arena, link + strlen(start), 64);
}

static const char *new_token(void)
{
    assert_int_equal(ask("bina@example.org"), FAULT_NONE);
    return token_sent();
}

static void the_link_changes_the_password(void **state)
{
    (void)state;
    assert_int_equal(sign_in_with(PASSWORD), FAULT_NONE);

    const char *token = new_token();

    assert_int_equal(strspn(token, "0123456789abcdef"), 64);
    assert_string_equal(office.recipient, "<bina@example.org>");
    assert_int_equal(reset(token, FRESH), FAULT_NONE);
    assert_int_equal(SESSIONS, 0);
    assert_int_equal(sign_in_with(PASSWORD), FAULT_BAD_CREDENTIALS);
    assert_int_equal(sign_in_with(FRESH), FAULT_NONE);
    assert_int_equal(audited("password_reset_sent"), 1);
    assert_int_equal(audited("password_reset"), 1);

    send_mail();
    assert_non_null(strstr(office.message, "Subject: Your TraceTrack password was changed"));
}

static void the_second_factor_is_asked_for_as_before(void **state)
{
    (void)state;
    run("INSERT INTO two_factor (org_id, user_id, secret, confirmed_at)"
        " SELECT org_id, id, repeat('x', 48)::bytea, now() FROM users WHERE username = 'bina'");
    assert_int_equal(reset(new_token(), FRESH), FAULT_NONE);
    assert_int_equal(sign_in_with(FRESH), FAULT_CODE_REQUIRED);
    assert_int_equal(SESSIONS, 0);
}

static void a_token_is_good_once(void **state)
{
    const char *token = new_token();

    (void)state;
    assert_int_equal(reset(token, FRESH), FAULT_NONE);
    assert_int_equal(reset(token, PASSWORD), FAULT_FORBIDDEN);
    assert_int_equal(reset("", PASSWORD), FAULT_FORBIDDEN);
    assert_int_equal(reset("0000", PASSWORD), FAULT_FORBIDDEN);
    assert_int_equal(TOKENS, 0);
}

static void one_token_that_is_used_ends_the_others(void **state)
{
    const char *first = new_token(), *second = new_token();

    (void)state;
    assert_string_not_equal(first, second);
    assert_int_equal(reset(first, FRESH), FAULT_NONE);
    assert_int_equal(reset(second, PASSWORD), FAULT_FORBIDDEN);
}

static void a_token_is_good_for_an_hour(void **state)
{
    const char *token = new_token();

    (void)state;
    run("UPDATE password_reset SET ends_at = ends_at - interval '59 minutes'");
    assert_int_equal(reset(token, "short"), FAULT_BAD_FIELDS);
    run("UPDATE password_reset SET ends_at = ends_at - interval '2 minutes'");
    assert_int_equal(reset(token, FRESH), FAULT_FORBIDDEN);
}

static void a_password_against_the_rule_does_not_use_it_up(void **state)
{
    const char *token = new_token();

    (void)state;
    assert_int_equal(reset(token, "password"), FAULT_BAD_FIELDS);
    assert_int_equal(reset(token, "Bina-1234"), FAULT_BAD_FIELDS);
    assert_int_equal(reset(token, FRESH), FAULT_NONE);
}

static void the_token_is_in_the_mail_and_nowhere_else(void **state)
{
    const char *token = new_token();

    (void)state;
    assert_int_equal(TOKENS, 1);
    assert_int_equal(written(token), 0);
    assert_int_equal(reset(token, FRESH), FAULT_NONE);
    assert_int_equal(written(token), 0);
    assert_int_equal(written(FRESH), 0);
}

static void what_wrong_passwords_locked_is_open_again(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        sign_in_with("wrong");
    assert_int_equal(sign_in_with(FRESH), FAULT_LOCKED);
    assert_int_equal(reset(new_token(), FRESH), FAULT_NONE);
    assert_int_equal(sign_in_with(FRESH), FAULT_NONE);
}

static void whoever_may_not_sign_in_gets_no_link(void **state)
{
    static const char *const states[] = { "waiting", "locked", "deleted" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(states); i++) {
        run(arena_format(&call.arena, "UPDATE users SET state = '%s'", states[i]));
        assert_int_equal(ask("bina@example.org"), FAULT_NONE);
        send_mail();
        assert_int_equal(office.asked, 0);
        assert_int_equal(MAILS, 0);
    }
}

static void a_lock_that_comes_later_closes_the_link(void **state)
{
    const char *token = new_token();

    (void)state;
    run("UPDATE users SET state = 'locked'");
    assert_int_equal(reset(token, FRESH), FAULT_FORBIDDEN);
    run("UPDATE users SET state = 'active'");
    assert_int_equal(reset(token, FRESH), FAULT_NONE);
}

static void nobody_is_asked_for_and_nothing_tells(void **state)
{
    (void)state;
    assert_int_equal(ask("nobody@example.org"), FAULT_NONE);
    assert_int_equal(MAILS, 1);
    send_mail();
    assert_int_equal(office.asked, 0);
    assert_int_equal(MAILS, 0);
    assert_int_equal(ask("no address"), FAULT_BAD_FIELDS);
}

static void a_wish_that_waited_too_long_is_dropped(void **state)
{
    (void)state;
    assert_int_equal(ask("bina@example.org"), FAULT_NONE);
    run("UPDATE mail SET created_at = now() - interval '61 minutes'");
    send_mail();
    assert_int_equal(office.asked, 0);
    assert_int_equal(MAILS, 0);
}

static void asking_is_limited_by_account_and_by_address(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        call.address = arena_format(&call.arena, "192.0.2.%d", i);
        assert_int_equal(ask(i % 2 ? "bina@example.org" : "BINA@example.org"), FAULT_NONE);
    }
    call.address = "192.0.2.99";
    assert_int_equal(ask("bina@example.org"), FAULT_TOO_OFTEN);
    for (int i = 0; i < 4; i++)
        assert_int_equal(ask(arena_format(&call.arena, "a%d@example.org", i)), FAULT_NONE);
    assert_int_equal(ask("another@example.org"), FAULT_TOO_OFTEN);
}

static int compare(const void *one, const void *other)
{
    const int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;

    return (a > b) - (a < b);
}

#define ROUNDS 60

/* Asked in turn, so that whatever else the machine does falls on both alike. */
static void known_and_unknown_addresses_take_as_long(void **state)
{
    static const char *const emails[] = { "bina@example.org", "nobody@example.org" };
    int64_t took_us[2][ROUNDS];

    (void)state;
    for (int i = 0; i < 2 * ROUNDS; i++) {
        run("TRUNCATE attempt");

        const int64_t began_us = clock_us();

        assert_int_equal(ask(emails[i % 2]), FAULT_NONE);
        took_us[i % 2][i / 2] = clock_us() - began_us;
    }

    for (int i = 0; i < 2; i++)
        qsort(took_us[i], ROUNDS, sizeof took_us[i][0], compare);

    const int64_t known_us = took_us[0][ROUNDS / 2], unknown_us = took_us[1][ROUNDS / 2];

    assert_true(known_us < 2 * unknown_us && unknown_us < 2 * known_us);
}

static const char *shared_token;

static void *use_it(void *argument)
{
    struct call other = { .db = db_open(serve, "user"), .org_id = 1, .address = "192.0.2.9" };
    bool *used = argument;

    *used = db_begin(&other) && password_reset_complete(&other, shared_token, FRESH)
        && db_commit(&other);
    if (!*used)
        db_rollback(&other);
    db_close(other.db);
    arena_free(&other.arena);
    return NULL;
}

static void of_several_who_use_it_at_once_one_does(void **state)
{
    pthread_t threads[4];
    bool used[4];
    int sum = 0;

    (void)state;
    shared_token = new_token();
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, use_it, &used[i]), 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        pthread_join(threads[i], NULL);
        sum += used[i];
    }
    assert_int_equal(sum, 1);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_link_changes_the_password),
        TEST(the_second_factor_is_asked_for_as_before),
        TEST(a_token_is_good_once),
        TEST(one_token_that_is_used_ends_the_others),
        TEST(a_token_is_good_for_an_hour),
        TEST(a_password_against_the_rule_does_not_use_it_up),
        TEST(the_token_is_in_the_mail_and_nowhere_else),
        TEST(what_wrong_passwords_locked_is_open_again),
        TEST(whoever_may_not_sign_in_gets_no_link),
        TEST(a_lock_that_comes_later_closes_the_link),
        TEST(nobody_is_asked_for_and_nothing_tells),
        TEST(a_wish_that_waited_too_long_is_dropped),
        TEST(asking_is_limited_by_account_and_by_address),
        TEST(known_and_unknown_addresses_take_as_long),
        TEST(of_several_who_use_it_at_once_one_does),
    };

    return cmocka_run_group_tests(tests, people_open, people_close);
}

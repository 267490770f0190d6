/*
 * What people do about their own accounts: registering, profile, password.
 */
#include "account/profile.h"

#include "account/registration.h"
#include "account/sign_in.h"
#include "auth/org_settings.h"
#include "db/people.h"
#include "mail/mail.h"
#include "test.h"

static enum fault_code sign_in_as(const char *username, const char *password)
{
    struct sign_in attempt = { .username = username, .password = password, .device = "" };

    return sign_in(&call, &attempt) ? FAULT_NONE : call.fault.code;
}

static enum fault_code register_as(const char *username, const char *email, const char *password)
{
    call.person = (struct person){ .id = 0 };
    return FAULT_OF(registration_create(&call, username, email, password));
}

static void whoever_registers_waits_for_an_admin(void **state)
{
    struct user user;

    (void)state;
    assert_int_equal(register_as("chand", "chand@example.org", PASSWORD), FAULT_NONE);
    assert_int_equal(sign_in_as("chand", PASSWORD), FAULT_FORBIDDEN);
    assert_int_equal(count_of("SELECT count(*) FROM users WHERE username = 'chand'"
                              "   AND state = 'waiting' AND role = 'dispatcher'"),
        1);
    assert_int_equal(count_of("SELECT count(*) FROM notification"
                              " WHERE kind = 'account_asked' AND params->>'username' = 'chand'"),
        2);
    assert_int_equal(count_of("SELECT count(*) FROM audit_log WHERE action = 'user_register'"), 1);

    as("ada");
    assert_int_equal(FAULT_OF(user_approve(&call, id_of("chand"), &user)), FAULT_NONE);
    assert_int_equal(sign_in_as("chand", PASSWORD), FAULT_NONE);
}

static int64_t mails(const char *kind)
{
    return count_of(arena_format(&call.arena, "SELECT count(*) FROM mail WHERE kind = '%s'", kind));
}

static void people_are_written_to_when_there_is_mail(void **state)
{
    struct user user;

    (void)state;
    mail_base_url_set("https://bags.example.org");
    mail_admin_address_set("store@example.org");
    assert_int_equal(register_as("chand", "chand@example.org", PASSWORD), FAULT_NONE);
    mail_admin_address_set(NULL);
    assert_int_equal(mails("welcome"), 0);
    assert_int_equal(mails("admin_alert"), 1);
    assert_int_equal(
        count_of("SELECT count(*) FROM mail WHERE recipient = 'store@example.org'"), 1);
    as("ada");
    assert_int_equal(FAULT_OF(user_approve(&call, id_of("chand"), &user)), FAULT_NONE);
    assert_int_equal(mails("welcome"), 1);

    const struct user_edit edit = { .password = OTHER_PASSWORD, .email = "new@example.org" };

    assert_int_equal(FAULT_OF(user_update(&call, id_of("chand"), &edit, &user)), FAULT_NONE);
    mail_base_url_set(NULL);
    assert_int_equal(mails("password_changed"), 1);
    assert_int_equal(count_of("SELECT count(*) FROM mail WHERE recipient = 'new@example.org'"), 0);
    run("DELETE FROM mail");
}

static void registering_does_not_tell_who_is_here(void **state)
{
    (void)state;
    assert_int_equal(register_as("BINA", "new@example.org", PASSWORD), FAULT_NONE);
    assert_int_equal(register_as("chand", "Bina@example.org", PASSWORD), FAULT_NONE);
    assert_int_equal(count_of("SELECT count(*) FROM users"), 4);
    assert_int_equal(count_of("SELECT count(*) FROM notification"), 0);
    assert_int_equal(sign_in_as("bina", PASSWORD), FAULT_NONE);
    assert_int_equal(
        count_of("SELECT count(*) FROM audit_log WHERE action = 'user_register_failed'"), 2);
}

static void registering_has_the_rules_of_every_path(void **state)
{
    (void)state;
    assert_int_equal(register_as("c", "chand@example.org", PASSWORD), FAULT_BAD_FIELDS);
    assert_int_equal(register_as("chand", "", PASSWORD), FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "email");
    assert_int_equal(register_as("chand", "chand", PASSWORD), FAULT_BAD_FIELDS);
    assert_int_equal(register_as("chand", "chand@example.org", "Chand-123"), FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "password");
    assert_int_equal(register_as("bina", "bina@example.org", "short"), FAULT_BAD_FIELDS);
    assert_int_equal(count_of("SELECT count(*) FROM users"), 4);
}

static void registering_can_be_off_and_is_bounded(void **state)
{
    (void)state;
    org_settings_defaults()->registration = false;
    assert_int_equal(register_as("chand", "chand@example.org", PASSWORD), FAULT_FORBIDDEN);
    org_settings_defaults()->registration = true;
    run("INSERT INTO users (org_id, username, password_hash, role)"
        " SELECT 1, 'waiter' || n, 'scrypt:', 'dispatcher' FROM generate_series(1, 500) n");
    assert_int_equal(register_as("chand", "chand@example.org", PASSWORD), FAULT_REFUSED);
}

static void registering_is_limited_by_address(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        assert_int_equal(register_as("bina", "bina@example.org", PASSWORD), FAULT_NONE);
    assert_int_equal(register_as("chand", "chand@example.org", PASSWORD), FAULT_TOO_OFTEN);
    assert_in_range(call.fault.retry_seconds, 50, 60);
    call.address = "192.0.2.8";
    assert_int_equal(register_as("chand", "chand@example.org", PASSWORD), FAULT_NONE);
}

static struct profile profile;

static enum fault_code alter(const char *username, const char *email, const char *current)
{
    const struct profile_edit edit = { username, email, current };

    return FAULT_OF(profile_update(&call, &edit, &profile));
}

static void a_profile_is_changed_in_parts(void **state)
{
    const char *cookie = cookie_of("dev");

    (void)state;
    as("dev");
    assert_int_equal(FAULT_OF(profile_find(&call, &profile)), FAULT_NONE);
    assert_string_equal(profile.area, "Lucknow");
    assert_string_equal(profile.zone, "Asia/Kolkata");
    assert_int_equal(alter("devi", NULL, NULL), FAULT_NONE);
    assert_string_equal(profile.username, "devi");
    assert_string_equal(profile.email, "dev@example.org");
    assert_string_equal(profile.area, "Lucknow");
    assert_int_equal(alter(NULL, "", PASSWORD), FAULT_NONE);
    assert_null(profile.email);
    assert_int_equal(alter("bina", NULL, NULL), FAULT_BAD_FIELDS);
    assert_int_equal(alter(NULL, "bina@example.org", PASSWORD), FAULT_BAD_FIELDS);
    assert_true(is_signed_in(cookie));
    assert_int_equal(count_of("SELECT count(*) FROM audit_log WHERE action = 'profile'"), 2);
}

static void another_address_needs_the_password(void **state)
{
    (void)state;
    as("dev");
    assert_int_equal(alter(NULL, "thief@example.org", NULL), FAULT_BAD_FIELDS);
    assert_int_equal(alter(NULL, "thief@example.org", "a guess"), FAULT_BAD_FIELDS);
    assert_int_equal(alter(NULL, "", "a guess"), FAULT_BAD_FIELDS);
    assert_int_equal(alter("devi", "dev@example.org", NULL), FAULT_NONE);
    assert_string_equal(profile.email, "dev@example.org");
    assert_int_equal(count_of("SELECT wrong_count FROM login_attempt"), 2);
    assert_int_equal(alter(NULL, "devi@example.org", PASSWORD), FAULT_NONE);
    assert_string_equal(profile.email, "devi@example.org");
}

static enum fault_code set_password(const char *current, const char *password)
{
    return FAULT_OF(profile_set_password(&call, current, password));
}

static void a_new_password_ends_all_other_sessions(void **state)
{
    const char *other = cookie_of("dev"), *own = cookie_of("dev");

    (void)state;
    as("dev");
    call.person.session_id = count_of("SELECT max(id) FROM session");
    assert_int_equal(set_password(PASSWORD, OTHER_PASSWORD), FAULT_NONE);
    assert_false(is_signed_in(other));
    assert_true(is_signed_in(own));
    assert_int_equal(sign_in_as("dev", PASSWORD), FAULT_BAD_CREDENTIALS);
    assert_int_equal(sign_in_as("dev", OTHER_PASSWORD), FAULT_NONE);
    assert_int_equal(
        count_of("SELECT count(*) FROM audit_log WHERE action = 'password_change'"), 1);
}

static void the_rule_of_passwords_costs_no_guess(void **state)
{
    (void)state;
    as("dev");
    for (int i = 0; i < 10; i++)
        assert_int_equal(set_password("wrong", "short"), FAULT_BAD_FIELDS);
    assert_int_equal(count_of("SELECT count(*) FROM login_attempt"), 0);
    assert_int_equal(set_password(PASSWORD, PASSWORD), FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "password");
}

static void wrong_passwords_count_with_those_at_sign_in(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++)
        assert_int_equal(sign_in_as("dev", OTHER_PASSWORD), FAULT_BAD_CREDENTIALS);
    as("dev");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(set_password("Wrong-1-guess", OTHER_PASSWORD), FAULT_BAD_FIELDS);
        assert_string_equal(wrong_field(), "current");
    }
    assert_int_equal(set_password("Wrong-1-guess", OTHER_PASSWORD), FAULT_LOCKED);
    assert_in_range(call.fault.retry_seconds, 890, 900);
    assert_int_equal(set_password(PASSWORD, OTHER_PASSWORD), FAULT_LOCKED);
    assert_int_equal(sign_in_as("dev", PASSWORD), FAULT_LOCKED);
    assert_int_equal(count_of("SELECT count(*) FROM audit_log WHERE action = 'password_wrong'"), 3);
    assert_int_equal(count_of("SELECT count(*) FROM audit_log WHERE action = 'locked'"), 1);
}

static void the_right_password_forgets_wrong_ones(void **state)
{
    (void)state;
    as("dev");
    for (int i = 0; i < 4; i++)
        assert_int_equal(set_password("Wrong-1-guess", OTHER_PASSWORD), FAULT_BAD_FIELDS);
    assert_int_equal(set_password(PASSWORD, OTHER_PASSWORD), FAULT_NONE);
    assert_int_equal(count_of("SELECT count(*) FROM login_attempt"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PEOPLE(whoever_registers_waits_for_an_admin),
        WITH_PEOPLE(people_are_written_to_when_there_is_mail),
        WITH_PEOPLE(registering_does_not_tell_who_is_here),
        WITH_PEOPLE(registering_has_the_rules_of_every_path),
        WITH_PEOPLE(registering_can_be_off_and_is_bounded),
        WITH_PEOPLE(registering_is_limited_by_address),
        WITH_PEOPLE(a_profile_is_changed_in_parts),
        WITH_PEOPLE(another_address_needs_the_password),
        WITH_PEOPLE(a_new_password_ends_all_other_sessions),
        WITH_PEOPLE(the_rule_of_passwords_costs_no_guess),
        WITH_PEOPLE(wrong_passwords_count_with_those_at_sign_in),
        WITH_PEOPLE(the_right_password_forgets_wrong_ones),
    };

    return cmocka_run_group_tests(tests, people_open, people_close);
}

/*
 * What administrators do to accounts.
 */
#include "user/user_change.h"

#include <pthread.h>

#include "account/profile.h"
#include "account/sign_in.h"
#include "db/people.h"
#include "test.h"
#include "user/user.h"

static struct user user;

static enum fault_code alter(const char *username, struct user_edit edit)
{
    return FAULT_OF(user_update(&call, id_of(username), &edit, &user));
}

static enum fault_code create(struct user_draft wanted)
{
    int64_t id;

    wanted.password = PASSWORD;
    wanted.active = true;
    return FAULT_OF(
        user_create(&call, HASH_SLOT_WAIT, &wanted, &id) && user_find(&call, id, &user));
}

static enum fault_code sign_in_as(const char *username, const char *password)
{
    struct sign_in attempt = { .username = username, .password = password, .device = "" };

    return sign_in(&call, &attempt) ? FAULT_NONE : call.fault.code;
}

static void a_new_user_can_sign_in(void **state)
{
    (void)state;
    as("ada");
    assert_int_equal(create((struct user_draft){
                         .username = "Chand", .email = "chand@example.org", .role = ROLE_BILLER }),
        FAULT_NONE);
    assert_string_equal(user.username, "Chand");
    assert_string_equal(user.email, "chand@example.org");
    assert_int_equal(user.role, ROLE_BILLER);
    assert_int_equal(user.state, USER_STATE_ACTIVE);
    assert_null(user.area);
    assert_null(user.signed_in_at);
    assert_int_equal(user.sessions, 0);
    assert_int_equal(sign_in_as("chand", PASSWORD), FAULT_NONE);
    assert_int_equal(count_of("SELECT count(*) FROM audit_log WHERE action = 'user_create'"), 1);
}

static void names_and_addresses_are_one_persons(void **state)
{
    (void)state;
    as("ada");
    assert_int_equal(
        create((struct user_draft){ .username = "BINA", .role = ROLE_BILLER }), FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "username");
    assert_int_equal(create((struct user_draft){
                         .username = "chand", .email = "Bina@Example.org", .role = ROLE_BILLER }),
        FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "email");
    assert_int_equal(
        create((struct user_draft){ .username = "chand", .email = "no", .role = ROLE_BILLER }),
        FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "email");

    assert_int_equal(alter("dev", (struct user_edit){ .username = "Bina" }), FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "username");
    assert_int_equal(
        alter("dev", (struct user_edit){ .email = "BINA@example.org" }), FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "email");
    assert_int_equal(alter("dev", (struct user_edit){ .username = "DEV" }), FAULT_NONE);
    assert_string_equal(user.username, "DEV");
}

static void what_is_malformed_is_told(void **state)
{
    (void)state;
    as("ada");
    assert_int_equal(alter("dev", (struct user_edit){ .username = "a b" }), FAULT_BAD_FIELDS);
    assert_int_equal(alter("dev", (struct user_edit){ .username = "dev~1" }), FAULT_BAD_FIELDS);
    assert_int_equal(
        alter("dev", (struct user_edit){ .state = USER_STATE_DELETED }), FAULT_BAD_FIELDS);
    assert_int_equal(
        alter("dev", (struct user_edit){ .state = USER_STATE_WAITING }), FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "state");
    assert_int_equal(alter("dev", (struct user_edit){ .email = "a@b@c" }), FAULT_BAD_FIELDS);
    assert_int_equal(alter("dev", (struct user_edit){ .area = "Atlantis" }), FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "area");
    assert_int_equal(alter("dev", (struct user_edit){ .password = "password1" }), FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "password");
    assert_int_equal(alter("dev", (struct user_edit){ .password = "Dev-12345" }), FAULT_BAD_FIELDS);
    assert_int_equal(alter("nobody", (struct user_edit){ .role = ROLE_ADMIN }), FAULT_NOT_FOUND);
}

static void areas_are_for_dispatchers(void **state)
{
    (void)state;
    as("ada");
    assert_int_equal(alter("bina", (struct user_edit){ .area = "Lucknow" }), FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "area");
    assert_int_equal(alter("dev", (struct user_edit){ .area = "INDORE" }), FAULT_NONE);
    assert_string_equal(user.area, "Indore");
    assert_int_equal(alter("dev", (struct user_edit){ .area = "" }), FAULT_NONE);
    assert_null(user.area);
    assert_int_equal(
        alter("bina", (struct user_edit){ .role = ROLE_DISPATCHER, .area = "Akola" }), FAULT_NONE);
    assert_string_equal(user.area, "Akola");
    assert_int_equal(alter("bina", (struct user_edit){ .role = ROLE_BILLER }), FAULT_NONE);
    assert_null(user.area);
}

static void a_change_is_audited_without_secrets(void **state)
{
    (void)state;
    as("ada");
    assert_int_equal(
        alter("dev", (struct user_edit){ .role = ROLE_BILLER, .password = OTHER_PASSWORD }),
        FAULT_NONE);
    assert_int_equal(
        count_of("SELECT count(*) FROM audit_log WHERE action = 'user_role'"
                 "   AND before ->> 'role' = 'dispatcher' AND before ->> 'area' = 'Lucknow'"
                 "   AND after ->> 'role' = 'biller' AND after -> 'area' = 'null'"
                 "   AND after ->> 'password' = 'changed'"
                 "   AND address <> '' AND user_id IS NOT NULL"),
        1);
    assert_int_equal(
        count_of("SELECT count(*) FROM audit_log a WHERE a::text ~ 'scrypt|Monsoon'"), 0);

    run("DELETE FROM audit_log");
    assert_int_equal(alter("dev", (struct user_edit){ .role = ROLE_BILLER }), FAULT_NONE);
    assert_int_equal(count_of("SELECT count(*) FROM audit_log"), 0);
}

static void a_lock_and_a_password_end_sessions_and_a_role_does_not(void **state)
{
    const char *cookie = cookie_of("dev");

    (void)state;
    as("ada");
    assert_int_equal(alter("dev", (struct user_edit){ .role = ROLE_BILLER }), FAULT_NONE);
    assert_true(is_signed_in(cookie));
    assert_int_equal(user.sessions, 1);
    assert_int_equal(alter("dev", (struct user_edit){ .state = USER_STATE_LOCKED }), FAULT_NONE);
    assert_false(is_signed_in(cookie));
    assert_int_equal(sign_in_as("dev", PASSWORD), FAULT_LOCKED);

    as("ada");
    assert_int_equal(alter("dev", (struct user_edit){ .state = USER_STATE_ACTIVE }), FAULT_NONE);
    assert_false(is_signed_in(cookie));
    cookie = cookie_of("dev");
    assert_int_equal(alter("dev", (struct user_edit){ .password = OTHER_PASSWORD }), FAULT_NONE);
    assert_false(is_signed_in(cookie));
    assert_int_equal(sign_in_as("dev", PASSWORD), FAULT_BAD_CREDENTIALS);
    assert_int_equal(sign_in_as("dev", OTHER_PASSWORD), FAULT_NONE);
}

static void signing_out_ends_all_sessions(void **state)
{
    const char *one = cookie_of("dev"), *other = cookie_of("dev"), *own = cookie_of("ada");
    int64_t ended = 0;

    (void)state;
    as("ada");
    assert_int_equal(FAULT_OF(user_sign_out(&call, id_of("dev"), &ended)), FAULT_NONE);
    assert_int_equal(ended, 2);
    assert_false(is_signed_in(one));
    assert_false(is_signed_in(other));
    assert_true(is_signed_in(own));
}

static void unlocking_takes_both_locks_away(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        assert_int_equal(sign_in_as("Dev", OTHER_PASSWORD), FAULT_BAD_CREDENTIALS);
    assert_int_equal(sign_in_as("dev", PASSWORD), FAULT_LOCKED);
    as("ada");
    assert_int_equal(FAULT_OF(user_find(&call, id_of("dev"), &user)), FAULT_NONE);
    assert_non_null(user.locked_until);
    assert_int_equal(FAULT_OF(user_unlock(&call, id_of("dev"), &user)), FAULT_NONE);
    assert_null(user.locked_until);
    assert_int_equal(sign_in_as("dev", PASSWORD), FAULT_NONE);

    as("ada");
    assert_int_equal(alter("dev", (struct user_edit){ .state = USER_STATE_LOCKED }), FAULT_NONE);
    assert_int_equal(FAULT_OF(user_unlock(&call, id_of("dev"), &user)), FAULT_NONE);
    assert_int_equal(user.state, USER_STATE_ACTIVE);
    assert_int_equal(count_of("SELECT count(*) FROM audit_log WHERE action = 'user_unlock'"), 2);
}

static enum fault_code take_factor(const char *username)
{
    return FAULT_OF(user_remove_two_factor(&call, id_of(username)));
}

static void a_lost_second_factor_is_taken_away(void **state)
{
    const char *cookie = cookie_of("dev");

    (void)state;
    run("INSERT INTO two_factor (org_id, user_id, secret, confirmed_at)"
        " SELECT 1, id, decode(repeat('00', 48), 'hex'), now() FROM users"
        "  WHERE username IN ('ada', 'dev')");
    assert_int_equal(sign_in_as("dev", PASSWORD), FAULT_CODE_REQUIRED);
    as("ada");
    assert_int_equal(FAULT_OF(user_find(&call, id_of("dev"), &user)), FAULT_NONE);
    assert_true(user.two_factor);

    assert_int_equal(take_factor("dev"), FAULT_NONE);
    assert_int_equal(FAULT_OF(user_find(&call, id_of("dev"), &user)), FAULT_NONE);
    assert_false(user.two_factor);
    assert_false(is_signed_in(cookie));
    assert_int_equal(audited("two_factor_off"), 1);
    assert_int_equal(count_of("SELECT count(*) FROM notification n JOIN users u"
                              " ON u.id = n.user_id AND u.username = 'dev'"),
        1);
    assert_int_equal(take_factor("dev"), FAULT_REFUSED);
    assert_int_equal(take_factor("nobody"), FAULT_NOT_FOUND);
    assert_int_equal(take_factor("ada"), FAULT_REFUSED);
    assert_int_equal(count_of("SELECT count(*) FROM two_factor"), 1);
    assert_int_equal(sign_in_as("dev", PASSWORD), FAULT_NONE);
}

static bool must_change(const char *username)
{
    return count_of(arena_format(&call.arena,
        "SELECT count(*) FROM users WHERE must_change_password AND username = '%s'", username));
}

static void a_temporary_password_is_so_until_its_owner_chooses_another(void **state)
{
    struct session_view view;
    bool known;

    (void)state;
    as("ada");
    assert_int_equal(alter("dev", (struct user_edit){ .temporary = true }), FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "temporary");
    assert_int_equal(
        alter("dev", (struct user_edit){ .password = OTHER_PASSWORD, .temporary = true }),
        FAULT_NONE);
    assert_int_equal(alter("dev", (struct user_edit){ .role = ROLE_BILLER }), FAULT_NONE);
    assert_true(must_change("dev"));
    assert_int_equal(sign_in_as("dev", OTHER_PASSWORD), FAULT_NONE);

    const char *cookie = cookie_of("dev");

    assert_true(session_load(&call, cookie, false, &view, &known) && known);
    assert_true(view.person.must_change_password);
    call.person = view.person;
    assert_int_equal(
        FAULT_OF(profile_set_password(&call, OTHER_PASSWORD, OTHER_PASSWORD)), FAULT_BAD_FIELDS);
    assert_int_equal(FAULT_OF(profile_set_password(&call, OTHER_PASSWORD, PASSWORD)), FAULT_NONE);
    assert_false(must_change("dev"));
    assert_true(session_load(&call, cookie, false, &view, &known) && known);
    assert_false(view.person.must_change_password);
}

static void approving_is_for_those_who_wait(void **state)
{
    (void)state;
    run("UPDATE users SET state = 'waiting' WHERE username = 'dev'");
    assert_int_equal(sign_in_as("dev", PASSWORD), FAULT_FORBIDDEN);
    as("ada");
    assert_int_equal(FAULT_OF(user_approve(&call, id_of("dev"), &user)), FAULT_NONE);
    assert_int_equal(user.state, USER_STATE_ACTIVE);
    assert_int_equal(FAULT_OF(user_approve(&call, id_of("dev"), &user)), FAULT_REFUSED);
    assert_int_equal(count_of("SELECT count(*) FROM audit_log WHERE action = 'user_approve'"), 1);
    assert_int_equal(sign_in_as("dev", PASSWORD), FAULT_NONE);
}

static void whoever_is_deleted_leaves_name_and_history(void **state)
{
    const int64_t id = id_of("bina");
    const char *cookie = cookie_of("bina");

    (void)state;
    as("ada");
    assert_int_equal(FAULT_OF(user_delete(&call, id)), FAULT_NONE);
    assert_false(is_signed_in(cookie));
    assert_int_equal(FAULT_OF(user_delete(&call, id)), FAULT_NOT_FOUND);
    assert_int_equal(
        FAULT_OF(user_update(&call, id, &(struct user_edit){ .state = USER_STATE_ACTIVE }, &user)),
        FAULT_NOT_FOUND);
    assert_int_equal(FAULT_OF(user_unlock(&call, id, &user)), FAULT_NOT_FOUND);
    assert_int_equal(FAULT_OF(user_find(&call, id, &user)), FAULT_NONE);
    assert_int_equal(user.state, USER_STATE_DELETED);
    assert_null(user.email);
    assert_string_equal(user.username, "bina (deleted)");
    assert_int_equal(count_of("SELECT count(*) FROM audit_log WHERE action = 'user_delete'"
                              "   AND before ->> 'username' = 'bina'"),
        1);

    assert_int_equal(
        create((struct user_draft){
            .username = "bina", .email = "bina@example.org", .role = ROLE_DISPATCHER }),
        FAULT_NONE);
    assert_true(user.id != id);
    assert_int_equal(FAULT_OF(user_delete(&call, user.id)), FAULT_NONE);
}

static void the_last_active_admin_stays(void **state)
{
    (void)state;
    as("ada");
    assert_int_equal(alter("amar", (struct user_edit){ .role = ROLE_BILLER }), FAULT_NONE);
    assert_int_equal(alter("ada", (struct user_edit){ .role = ROLE_BILLER }), FAULT_REFUSED);
    assert_int_equal(alter("ada", (struct user_edit){ .state = USER_STATE_LOCKED }), FAULT_REFUSED);
    assert_int_equal(FAULT_OF(user_delete(&call, id_of("ada"))), FAULT_REFUSED);
    assert_int_equal(alter("ada", (struct user_edit){ .username = "ada2" }), FAULT_NONE);
    assert_int_equal(
        alter("amar", (struct user_edit){ .role = ROLE_ADMIN, .state = USER_STATE_LOCKED }),
        FAULT_NONE);
    assert_int_equal(FAULT_OF(user_delete(&call, id_of("ada2"))), FAULT_REFUSED);
    assert_int_equal(alter("amar", (struct user_edit){ .state = USER_STATE_ACTIVE }), FAULT_NONE);
    assert_int_equal(FAULT_OF(user_delete(&call, id_of("ada2"))), FAULT_NONE);
}

/* One administrator on a server of his own. */
struct rival {
    const char *own, *other;
    int way; /* how he gets rid of the other */
    bool done;
    enum fault_code fault;
    pthread_barrier_t *start;
};

static bool strike(struct call *caller, const struct rival *rival, int64_t id)
{
    struct user struck;

    switch (rival->way) {
    case 0:
        return user_update(caller, id, &(struct user_edit){ .role = ROLE_BILLER }, &struck);
    case 1:
        return user_update(caller, id, &(struct user_edit){ .state = USER_STATE_LOCKED }, &struck);
    default:
        return user_delete(caller, id);
    }
}

static void *fight(void *argument)
{
    struct rival *rival = argument;
    struct call caller = { .db = db_open(serve, "rival"), .org_id = 1, .address = "" };
    struct user victim;

    /* Connected and looked up, so that both are as close to it as can be. */
    const bool ready = user_find_by_name(&caller, rival->own, &victim);

    caller.person = (struct person){ .id = victim.id, .role = ROLE_ADMIN, .name = rival->own };
    rival->done = ready && user_find_by_name(&caller, rival->other, &victim);
    pthread_barrier_wait(rival->start);
    rival->done =
        rival->done && db_begin(&caller) && strike(&caller, rival, victim.id) && db_commit(&caller);
    rival->fault = caller.fault.code;
    if (!rival->done)
        db_rollback(&caller);
    db_close(caller.db);
    arena_free(&caller.arena);
    return NULL;
}

static void of_two_admins_who_strike_each_other_one_stays(void **state)
{
    for (int round = 0; round < 30; round++) {
        pthread_barrier_t start;
        struct rival rivals[] = {
            { .own = "ada", .other = "amar", .way = round % 3, .start = &start },
            { .own = "amar", .other = "ada", .way = round / 3 % 3, .start = &start },
        };
        pthread_t threads[2];

        people_begin(state);
        pthread_barrier_init(&start, NULL, 2);
        for (int i = 0; i < 2; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, fight, &rivals[i]), 0);
        for (int i = 0; i < 2; i++)
            pthread_join(threads[i], NULL);
        pthread_barrier_destroy(&start);

        assert_int_equal(rivals[0].done + rivals[1].done, 1);
        assert_int_equal(rivals[rivals[0].done].fault, FAULT_REFUSED);
        assert_int_equal(count_of("SELECT count(*) FROM users"
                                  " WHERE role = 'admin' AND state = 'active'"),
            1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PEOPLE(a_new_user_can_sign_in),
        WITH_PEOPLE(names_and_addresses_are_one_persons),
        WITH_PEOPLE(what_is_malformed_is_told),
        WITH_PEOPLE(areas_are_for_dispatchers),
        WITH_PEOPLE(a_change_is_audited_without_secrets),
        WITH_PEOPLE(a_lock_and_a_password_end_sessions_and_a_role_does_not),
        WITH_PEOPLE(signing_out_ends_all_sessions),
        WITH_PEOPLE(unlocking_takes_both_locks_away),
        WITH_PEOPLE(a_lost_second_factor_is_taken_away),
        WITH_PEOPLE(a_temporary_password_is_so_until_its_owner_chooses_another),
        WITH_PEOPLE(approving_is_for_those_who_wait),
        WITH_PEOPLE(whoever_is_deleted_leaves_name_and_history),
        WITH_PEOPLE(the_last_active_admin_stays),
        WITH_PEOPLE(of_two_admins_who_strike_each_other_one_stays),
    };

    return cmocka_run_group_tests(tests, people_open, people_close);
}

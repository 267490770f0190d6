#include "auth/password.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "auth/password_rule.h"
#include "base/text.h"
#include "test.h"

/* Made with Python's hashlib.scrypt(), as werkzeug does it. */
#define BATTERY                                                                                    \
    "scrypt:32768:8:1$pUsGGVhXKMSCIVpc$"                                                           \
    "e5fb41daa31b3763a2796728a377d88f46e7d28872274a4cbc016db90f585be2"                             \
    "9ae6c6b7091062491fd905b229f3d3793b1dfc2401eceb29dcc2f89120c2e241"
#define CHEAP_KEY                                                                                  \
    "fd1bd9b76947c8a8171f93ab7d32d5e7768ef7516d8aadf02abafb246b977fe6"                             \
    "262ae30882bda39b0b83c6a265fb67c8d7eff7551381bd82bb100f2169dbe3c5"
#define CHEAP "scrypt:1024:8:2$a$" CHEAP_KEY

static bool matches(const char *password, const char *hash)
{
    struct call call = { .address = "" };
    bool yes;

    assert_true(password_matches(&call, HASH_SLOT_WAIT, password, hash, &yes));
    arena_free(&call.arena);
    return yes;
}

static void hashes_of_werkzeug_are_understood(void **state)
{
    (void)state;
    assert_true(matches("correct horse battery staple", BATTERY));
    assert_false(matches("correct horse battery stapl", BATTERY));
    assert_false(matches("", BATTERY));
    assert_true(matches("Gr\xc3\xbcn-7!", CHEAP));
    assert_false(matches("Grun-7!", CHEAP));
}

/* What phones send differs in form; a hash of the earlier product is of whatever was sent then. */
static void composed_or_not_a_password_is_the_same(void **state)
{
    static const char decomposed[] =
        "scrypt:1024:8:1$a$"
        "6b3b00d4ed5b0bdb4abef3dea74860e23f8568b0a9158e4cec787ec8f95ea262"
        "4412bcd8b2b6d7cd4dc60c103bb58c0e4a766f16af8d9269825f71bfb2e9342c";
    struct call call = { .address = "" };
    const char *hash;

    (void)state;
    assert_true(matches("Gru\u0308n-7!", CHEAP));
    assert_true(matches("Gru\u0308n-7!", decomposed));
    assert_true(matches("Gr\u00fcn-7!", decomposed));
    assert_false(matches("Grun-7!", decomposed));

    assert_true(password_hash(&call, HASH_SLOT_WAIT, "Gru\u0308n-7!", &hash));
    assert_true(matches("Gr\u00fcn-7!", hash));
    assert_true(matches("Gru\u0308n-7!", hash));
    assert_false(matches("GR\u00dcN-7!", hash));
    arena_free(&call.arena);
}

static void what_is_no_hash_of_ours_matches_nothing(void **state)
{
    static const char *const bad[] = {
        "",
        "scrypt",
        "pbkdf2:sha256:1000$a$" CHEAP_KEY,
        "scrypt:1024:8:2$a$fd1b",
        "scrypt:1024:8:2$a$" CHEAP_KEY "00",
        "scrypt:1024:8:2$$" CHEAP_KEY,
        "scrypt:1024:8:2$a",
        "scrypt:1000:8:2$a$" CHEAP_KEY, /* no power of two */
        "scrypt:1:8:2$a$" CHEAP_KEY,
        "scrypt:1024:-8:2$a$" CHEAP_KEY,
        "scrypt:1024:8:0$a$" CHEAP_KEY,
        "scrypt:1048576:32:1$a$" CHEAP_KEY, /* 4 GiB */
        "scrypt:262144:8:1$a$" CHEAP_KEY, /* eight times our work */
        "scrypt:32768:8:5$a$" CHEAP_KEY,
        "scrypt:2:1:1048576$a$" CHEAP_KEY,
        "scrypt:1048576:1048576:1048576$a$" CHEAP_KEY,
        "scrypt:99999999999999999999:8:1$a$" CHEAP_KEY,
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_false(matches("Gr\xc3\xbcn-7!", bad[i]));
        assert_true(password_needs_upgrade(bad[i]));
    }
    assert_false(matches("", password_hash_of_nobody));
    assert_false(password_needs_upgrade(password_hash_of_nobody));
}

static void a_new_hash_is_salted_and_matches(void **state)
{
    struct call call = { .address = "" };
    const char *one, *other;

    (void)state;
    assert_true(password_hash(&call, HASH_SLOT_WAIT, "Monsoon-7-lorries", &one));
    assert_true(password_hash(&call, HASH_SLOT_WAIT, "Monsoon-7-lorries", &other));
    assert_string_not_equal(one, other);
    assert_true(text_starts_with(one, "scrypt:32768:8:1$"));
    assert_int_equal(strlen(one), strlen(BATTERY));
    assert_true(matches("Monsoon-7-lorries", one));
    assert_false(matches("monsoon-7-lorries", one));
    arena_free(&call.arena);
}

static void weaker_hashes_want_an_upgrade(void **state)
{
    (void)state;
    assert_false(password_needs_upgrade(BATTERY));
    assert_false(password_needs_upgrade("scrypt:65536:8:1$a$" CHEAP_KEY));
    assert_true(password_needs_upgrade(CHEAP));
    assert_true(password_needs_upgrade("scrypt:16384:8:2$a$" CHEAP_KEY));
}

static bool is_allowed(const char *password)
{
    struct call call = { .address = "" };
    const bool allowed = password_rule_check(&call, "password", "raju.k", password);

    if (!allowed) {
        assert_int_equal(call.fault.code, FAULT_BAD_FIELDS);
        assert_string_equal(call.fault.fields->field, "password");
    }
    arena_free(&call.arena);
    return allowed;
}

static void good_passwords_are_allowed(void **state)
{
    static const char *const good[] = { "Lorry#42x", "bR7!wqpz", "seven green lorries",
        "monsoon over jaipur", "Gr\xc3\xbcn-7!ab", "Password for the gate 7", "Str0ng!Pass" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_true(is_allowed(good[i]));
}

static void short_and_plain_passwords_are_refused(void **state)
{
    static const char *const bad[] = { "", "Ab1!", "Lor#42x", "lorry#42x", "LORRY#42X", "Lorry##xx",
        "Lorry042x", "seven lorries" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(is_allowed(bad[i]));
}

static void guessable_passwords_are_refused(void **state)
{
    static const char *const bad[] = { "Password1!", "P@ssw0rd", "P@$$w0rd123", "Welcome@2024",
        "Qwerty123!", "1Qaz2wsx!", "Admin@123", "TraceTrack#1", "Tr4itorTrack-2026", "Raju.K2024!",
        "123Password!", "passwordpassword", "aaaaaaaaaaaaaaaa", "123456789012345", "Abcdefg1!",
        "abcdefghijklmnop", "qwertyuiop123456", "Tinkerbell#7", "Mumbai@2026" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(is_allowed(bad[i]));
}

static void length_is_counted_in_characters(void **state)
{
    char text[600] = "";

    (void)state;
    for (int i = 0; i < 32; i++)
        strcat(text, "\xe0\xa4\x95z7\xc3\xa9");
    assert_int_equal(text_length(text), 128);
    assert_true(is_allowed(text));
    strcat(text, "x");
    assert_false(is_allowed(text));
}

static void secrets_are_wiped_with_the_arena(void **state)
{
    struct arena arena = { 0 };
    char secret[] = "Monsoon-7-lorries";

    (void)state;
    password_wipe_later(&arena, secret);
    arena_end(&arena);
    assert_int_equal(secret[0], 0);
    assert_int_equal(secret[16], 0);
    arena_free(&arena);
}

static void a_worker_too_many_is_told_to_come_back(void **state)
{
    struct call call = { .address = "" };

    (void)state;
    hash_slots_set(2, 2);
    assert_true(hash_slot_take(&call, HASH_SLOT_OR_FAIL));
    assert_true(hash_slot_take(&call, HASH_SLOT_OR_FAIL));
    assert_false(hash_slot_take(&call, HASH_SLOT_OR_FAIL));
    assert_int_equal(call.fault.code, FAULT_OVERLOADED);
    assert_true(call.fault.retry_seconds > 0);

    hash_slot_release(HASH_SLOT_OR_FAIL);
    assert_true(hash_slot_take(&call, HASH_SLOT_OR_FAIL));
    hash_slot_release(HASH_SLOT_OR_FAIL);
    hash_slot_release(HASH_SLOT_OR_FAIL);
    arena_free(&call.arena);
}

static atomic_int together, most;

static void *take_turns(void *argument)
{
    struct call call = { .address = "" };

    (void)argument;
    for (int i = 0; i < 200; i++) {
        if (!hash_slot_take(&call, HASH_SLOT_WAIT))
            abort();

        const int now = atomic_fetch_add(&together, 1) + 1;

        if (now > atomic_load(&most))
            atomic_store(&most, now);
        atomic_fetch_sub(&together, 1);
        hash_slot_release(HASH_SLOT_WAIT);
    }
    return NULL;
}

static void no_more_than_agreed_have_their_turn_together(void **state)
{
    pthread_t threads[8];

    (void)state;
    hash_slots_set(2, 1);
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, take_turns, NULL), 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        pthread_join(threads[i], NULL);
    assert_in_range(atomic_load(&most), 1, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_of_werkzeug_are_understood),
        cmocka_unit_test(composed_or_not_a_password_is_the_same),
        cmocka_unit_test(what_is_no_hash_of_ours_matches_nothing),
        cmocka_unit_test(a_new_hash_is_salted_and_matches),
        cmocka_unit_test(weaker_hashes_want_an_upgrade),
        cmocka_unit_test(good_passwords_are_allowed),
        cmocka_unit_test(short_and_plain_passwords_are_refused),
        cmocka_unit_test(guessable_passwords_are_refused),
        cmocka_unit_test(length_is_counted_in_characters),
        cmocka_unit_test(secrets_are_wiped_with_the_arena),
        cmocka_unit_test(a_worker_too_many_is_told_to_come_back),
        cmocka_unit_test(no_more_than_agreed_have_their_turn_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * What second factors are made of: codes, sealed secrets, recovery codes, and their picture.
 */
#include "auth/totp.h"
#include "auth/vault.h"
#include "base/qr.h"
#include "test.h"
#include "user/recovery.h"

static const unsigned char secret[TOTP_SECRET_BYTES] = "12345678901234567890";
static struct call call;

static int end(void **state)
{
    (void)state;
    arena_free(&call.arena);
    call = (struct call){ .org_id = 1 };
    return 0;
}

/* RFC 6238, appendix B, SHA-1; the last six of its eight digits. */
static void codes_are_those_of_the_standard(void **state)
{
    static const struct {
        int64_t at;
        const char *code;
    } known[] = { { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" },
        { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" } };
    char code[7];

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        totp_code(secret, known[i].at / TOTP_STEP_SECONDS, code);
        assert_string_equal(code, known[i].code);
    }
}

static void a_clock_may_be_one_step_off_and_no_more(void **state)
{
    const int64_t now = 1700000015, now_step = now / TOTP_STEP_SECONDS;

    (void)state;
    for (int64_t off = -3; off <= 3; off++) {
        char code[7];
        int64_t step = 0;

        totp_code(secret, now_step + off, code);

        const bool matches = totp_matches(secret, code, now, &step);

        assert_int_equal(matches, off >= -1 && off <= 1);
        if (matches)
            assert_int_equal(step, now_step + off);
    }
}

static void what_is_no_code_never_matches(void **state)
{
    static const char *const wrong[] = { "", "28708", "2870822", "28708x", "      ", "-87082" };
    int64_t step;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(totp_matches(secret, wrong[i], 59, &step));
}

static void an_app_is_told_all_it_needs(void **state)
{
    const char *text = totp_secret_text(&call.arena, secret);

    (void)state;
    assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_string_equal(totp_uri(&call.arena, "TraceTrack", "a&b@c", text),
        "otpauth://totp/TraceTrack:a%26b%40c?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=TraceTrack&algorithm=SHA1&digits=6&period=30");
}

static void what_was_sealed_opens_with_its_key_in_its_place_only(void **state)
{
    unsigned char opened[TOTP_SECRET_BYTES];
    const char *sealed, *again;

    (void)state;
    vault_key_set("the first session secret");
    assert_true(vault_seal(&call, secret, sizeof secret, "user 1", &sealed));
    assert_true(vault_seal(&call, secret, sizeof secret, "user 1", &again));
    assert_string_not_equal(sealed, again);
    assert_int_equal(strlen(sealed), 2 * (VAULT_NONCE + sizeof secret + VAULT_TAG));

    assert_true(vault_unseal(sealed, "user 1", opened, sizeof opened));
    assert_memory_equal(opened, secret, sizeof secret);
    assert_false(vault_unseal(sealed, "user 2", opened, sizeof opened));

    vault_key_set("another session secret");
    assert_false(vault_unseal(sealed, "user 1", opened, sizeof opened));
    vault_key_set("the first session secret");
    assert_true(vault_unseal(sealed, "user 1", opened, sizeof opened));
}

static void what_was_tampered_with_does_not_open(void **state)
{
    unsigned char opened[TOTP_SECRET_BYTES];
    const char *sealed;

    (void)state;
    vault_key_set("a session secret");
    assert_true(vault_seal(&call, secret, sizeof secret, "user 1", &sealed));
    for (size_t i = 0; i < strlen(sealed); i++) {
        char *changed = arena_text(&call.arena, sealed);

        changed[i] = changed[i] == '0' ? '1' : '0';
        assert_false(vault_unseal(changed, "user 1", opened, sizeof opened));
    }
    assert_false(vault_unseal("", "user 1", opened, sizeof opened));
    assert_false(vault_unseal(sealed + 2, "user 1", opened, sizeof opened));
}

static void recovery_codes_are_long_and_all_different(void **state)
{
    const char *codes[200];

    (void)state;
    for (size_t i = 0; i < 200; i++) {
        assert_true(recovery_code_create(&call, &codes[i]));
        assert_int_equal(strlen(codes[i]), 29);
        assert_int_equal(strspn(codes[i], "abcdefghijklmnopqrstuvwxyz234567-"), 29);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(codes[i], codes[j]);
    }
}

static void a_recovery_code_may_be_typed_in_many_ways(void **state)
{
    const char *hash = recovery_code_hash(&call.arena, "abcd-efgh-ijkl-mnop-qrst-uvwx");

    (void)state;
    assert_non_null(hash);
    assert_string_equal(recovery_code_hash(&call.arena, "ABCDEFGHIJKLMNOPQRSTUVWX"), hash);
    assert_string_equal(recovery_code_hash(&call.arena, " abcd EFGH ijkl mnop QRST uvwx "), hash);
    assert_null(recovery_code_hash(&call.arena, "abcd-efgh-ijkl-mnop-qrst-uvw"));
    assert_null(recovery_code_hash(&call.arena, "abcd-efgh-ijkl-mnop-qrst-uvwx-y"));
    assert_null(recovery_code_hash(&call.arena, "abcd-efgh-ijkl-mnop-qrst-uvw1"));
    assert_null(recovery_code_hash(&call.arena, "123456"));
    assert_null(recovery_code_hash(&call.arena, ""));
}

static void the_picture_is_svg_and_holds_nothing_that_runs(void **state)
{
    const char *svg = qr_svg(&call.arena, "otpauth://totp/x\"><script>?secret=GEZDGNBV");

    (void)state;
    assert_int_equal(strncmp(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=", 48), 0);
    assert_string_equal(svg + strlen(svg) - 6, "</svg>");
    assert_null(strstr(svg, "script"));
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, end, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(codes_are_those_of_the_standard),
        TEST(a_clock_may_be_one_step_off_and_no_more),
        TEST(what_is_no_code_never_matches),
        TEST(an_app_is_told_all_it_needs),
        TEST(what_was_sealed_opens_with_its_key_in_its_place_only),
        TEST(what_was_tampered_with_does_not_open),
        TEST(recovery_codes_are_long_and_all_different),
        TEST(a_recovery_code_may_be_typed_in_many_ways),
        TEST(the_picture_is_svg_and_holds_nothing_that_runs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

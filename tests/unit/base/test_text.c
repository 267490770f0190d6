#include "base/text.h"

#include "test.h"

static bool is_utf8(const char *text)
{
    return text_is_utf8(text, strlen(text));
}

static void well_formed_utf8_is_accepted(void **state)
{
    static const char *const good[] = { "", "SB12345", "\x7f", "\xc2\x80", "\xdf\xbf",
        "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80",
        "\xf4\x8f\xbf\xbf", "a\xe0\xa4\xb9z" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_true(is_utf8(good[i]));
}

static void malformed_utf8_is_refused(void **state)
{
    static const char *const bad[] = {
        "\x80", "\xbf", /* a tail alone */
        "\xc3", "a\xe0\xa4", "\xf0\x90\x80", /* cut off */
        "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", /* overlong */
        "\xed\xa0\x80", "\xed\xbf\xbf", /* surrogates */
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xf8\x88\x80\x80\x80", "\xff", "\xfe", "\xc3(",
        "\xe2\x28\xa1", "\xe2\x82(", /* no tail */
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(is_utf8(bad[i]));
    assert_false(text_is_utf8("a\0b", 3));
    assert_true(text_is_utf8("ab\xff", 2));
}

static void scanner_text_is_made_comparable(void **state)
{
    static const char *const pairs[][2] = {
        { "sb12345", "SB12345" },
        { "  SB12345\r\n", "SB12345" },
        { "\tM444-00001\t", "M444-00001" },
        { "a \t\xc2\xa0 b", "A B" },
        { "a\nb", "A B" },
        { "a\xe2\x80\x8b\xe2\x80\x8f"
          "b",
            "AB" }, /* zero width, right to left */
        { "\xef\xbb\xbf"
          "a\x01\x7f\xc2\x90"
          "b",
            "AB" }, /* byte order mark, controls */
        { "a \xe2\x80\x8d b", "A B" },
        { "\xe3\x80\x80"
          "a\xe3\x80\x80",
            "A" }, /* ideographic blanks */
        { "\xc3\xa4z", "\xc3\x84Z" },
        { "]C1a", "A" }, /* an AIM identifier */
        { "\xe0\xa4\xb9", "\xe0\xa4\xb9" },
        { "", "" },
        { " \xe2\x80\x8b ", "" },
    };
    struct arena arena = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        assert_string_equal(text_clean(&arena, pairs[i][0]), pairs[i][1]);
    arena_free(&arena);
}

static void numbers_go_with_their_form(void **state)
{
    struct arena arena = { 0 };

    (void)state;
    assert_string_equal(text_count(&arena, 0, "bag is", "bags are"), "0 bags are");
    assert_string_equal(text_count(&arena, 1, "bag is", "bags are"), "1 bag is");
    assert_string_equal(text_count(&arena, 2, "bag is", "bags are"), "2 bags are");
    arena_free(&arena);
}

static void a_character_cut_through_goes(void **state)
{
    static const char *const pairs[][2] = {
        { "", "" },
        { "abc", "abc" },
        { "\xc3\xa4", "\xc3\xa4" },
        { "a\xc3", "a" },
        { "\xc3", "" },
        { "a\xe2\x82", "a" },
        { "\xc3\xa4\xf0\x9f\x93", "\xc3\xa4" },
        { "\xf0\x9f\x93\xa6", "\xf0\x9f\x93\xa6" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        char text[8];

        strcpy(text, pairs[i][0]);
        text_drop_partial_character(text);
        assert_string_equal(text, pairs[i][1]);
    }
}

static void whole_numbers_in_range_are_read(void **state)
{
    int64_t value = 0;

    (void)state;
    assert_true(text_to_i64("0", 0, 9, &value));
    assert_int_equal(value, 0);
    assert_true(text_to_i64("-7", -7, 9, &value));
    assert_int_equal(value, -7);
    assert_true(text_to_i64("007", 0, 9, &value));
    assert_int_equal(value, 7);
    assert_true(text_to_i64("9223372036854775807", INT64_MIN, INT64_MAX, &value));
    assert_true(value == INT64_MAX);
    assert_true(text_to_i64("-9223372036854775808", INT64_MIN, INT64_MAX, &value));
    assert_true(value == INT64_MIN);
}

static void what_is_no_such_number_changes_nothing(void **state)
{
    static const char *const bad[] = { "", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "10", "-1",
        "9223372036854775808", "-9223372036854775809", "--1", "one" };
    int64_t value = 42;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(text_to_i64(bad[i], 0, 9, &value));
    assert_int_equal(value, 42);
}

static void uuids_go_there_and_back(void **state)
{
    unsigned char uuid[16];
    char text[37];

    (void)state;
    assert_true(text_to_uuid("0190F1E2-aabb-7ccd-8eef-001122334455", uuid));
    uuid_to_text(uuid, text);
    assert_string_equal(text, "0190f1e2-aabb-7ccd-8eef-001122334455");
}

static void what_is_no_uuid_is_refused(void **state)
{
    static const char *const bad[] = { "", "0190f1e2-aabb-7ccd-8eef-00112233445",
        "0190f1e2-aabb-7ccd-8eef-0011223344556", "0190f1e2aabb7ccd8eef001122334455",
        "0190f1e2-aabb-7ccd-8eef_001122334455", "0190f1e2-aabb-7ccd-8eef-00112233445g",
        "{190f1e2-aabb-7ccd-8eef-00112233445}", "0190f1e-2aabb-7ccd-8eef-001122334455" };
    unsigned char uuid[16];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(text_to_uuid(bad[i], uuid));
}

static void bytes_become_hex(void **state)
{
    char hex[9];

    (void)state;
    text_hex("\x00\x7f\x80\xff", 4, hex);
    assert_string_equal(hex, "007f80ff");
    text_hex("", 0, hex);
    assert_string_equal(hex, "");
}

static void starts_and_ends_are_seen(void **state)
{
    (void)state;
    assert_true(text_ends_with("a.sql", ".sql"));
    assert_true(text_ends_with("a", ""));
    assert_false(text_ends_with("sql", ".sql"));
    assert_true(text_starts_with("M444-1", "M444-"));
    assert_false(text_starts_with("M44", "M444"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_utf8_is_accepted),
        cmocka_unit_test(malformed_utf8_is_refused),
        cmocka_unit_test(scanner_text_is_made_comparable),
        cmocka_unit_test(numbers_go_with_their_form),
        cmocka_unit_test(a_character_cut_through_goes),
        cmocka_unit_test(whole_numbers_in_range_are_read),
        cmocka_unit_test(what_is_no_such_number_changes_nothing),
        cmocka_unit_test(uuids_go_there_and_back),
        cmocka_unit_test(what_is_no_uuid_is_refused),
        cmocka_unit_test(bytes_become_hex),
        cmocka_unit_test(starts_and_ends_are_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * When two texts are the same.
 */
#include "base/unicode.h"

#include "base/text.h"
#include "test.h"

#include <stdint.h>
#include <unistr.h>

static struct arena arena;

static void case_width_and_composition_make_no_difference(void **state)
{
    static const struct {
        const char *text, *folded;
    } rows[] = {
        { "", "" },
        { "sb12345", "SB12345" },
        { "Entrep\u00f4t-7", "ENTREP\u00d4T-7" },
        { "ENTREP\u00d4T-7", "ENTREP\u00d4T-7" },
        { "entrepo\u0302t-7", "ENTREP\u00d4T-7" },
        { "\uff33\uff22\uff11\uff12", "SB12" }, /* full width */
        { "Stra\u00dfe", "STRASSE" },
        { "STRA\u1e9eE", "STRASSE" },
        { "\u03c3\u03c2\u03a3", "\u03a3\u03a3\u03a3" }, /* the final sigma */
        { "\u017f", "S" },
        { "\ufb01", "FI" },
        { "\u0939\u093f", "\u0939\u093f" },
        { "\u0958", "\u0915\u093c" }, /* a composed letter of Hindi that NFC takes apart */
        { "kid\U0001f642", "KID\U0001f642" },
        { "\u00b2", "2" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_string_equal(unicode_fold(&arena, rows[i].text), rows[i].folded);
}

/* The bytes of a character. */
static size_t u8_of(uint32_t c, char *text)
{
    const int length = u8_uctomb((uint8_t *)text, c, 6);

    assert_true(length > 0);
    return (size_t)length;
}

static void folding_twice_changes_nothing(void **state)
{
    char text[8];

    (void)state;
    for (uint32_t c = 0x80; c < 0x30000; c++) {
        if (c >= 0xd800 && c <= 0xdfff)
            continue;
        text[u8_of(c, text)] = '\0';

        const char *once = unicode_fold(&arena, text);

        if (strcmp(unicode_fold(&arena, once), once) != 0)
            print_error("U+%04X\n", c);
        assert_string_equal(unicode_fold(&arena, once), once);
        if (c % 4096 == 0)
            arena_end(&arena);
    }
}

static void composing_keeps_case_and_width(void **state)
{
    (void)state;
    assert_string_equal(unicode_compose(&arena, "plain"), "plain");
    assert_string_equal(unicode_compose(&arena, "Entrepo\u0302t"), "Entrep\u00f4t");
    assert_string_equal(unicode_compose(&arena, "\uff33\u00b2"), "\uff33\u00b2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_width_and_composition_make_no_difference),
        cmocka_unit_test(folding_twice_changes_nothing),
        cmocka_unit_test(composing_keeps_case_and_width),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    arena_free(&arena);
    return failed;
}

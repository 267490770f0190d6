/* The number in a code, and the codes behind it; and that the parts of a label stand within it. */
#include "label/code_number.h"

#include "label/label_paper.h"
#include "test.h"

struct counted {
    const char *code;
    bool count_at_end;
    const char *fifth; /* the code five steps behind; NULL: it has no number */
    const char *stem;
};

static void counts_up_the_number_in_a_code(void **state)
{
    static const struct counted cases[] = {
        { "SB00017", false, "SB00022", "SB#####" },
        { "SB00097", false, "SB00102", "SB#####" },
        { "M444-00001", false, "M444-00006", "M444-#####" },
        { "P123-10", true, "P128-10", "P###-10" },
        { "P9-10", true, "P14-10", "P#-10" },
        { "0016586", false, "0016591", "#######" },
        { "C123X", false, "C128X", "C###X" },
        { "9", false, "14", "#" },
        { "123456789012345", false, "123456789012350", "###############" },
        { "1234567890123456", false, NULL, NULL },
        { "ABCD", false, NULL, NULL },
        { "-10", true, NULL, NULL },
        { "", false, NULL, NULL },
    };

    struct arena arena = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct counted *of = &cases[i];
        struct code_number number;

        assert_int_equal(
            code_number_read(&arena, of->code, of->count_at_end, &number), of->fifth != NULL);
        if (!of->fifth)
            continue;
        assert_string_equal(code_number_text(&arena, &number, 0), of->code);
        assert_string_equal(code_number_text(&arena, &number, 5), of->fifth);
        assert_string_equal(code_number_stem(&arena, &number), of->stem);
    }
    arena_free(&arena);
}

static void puts_all_labels_on_the_page_and_all_parts_on_the_label(void **state)
{
    (void)state;
    for (enum label_paper paper = 1; paper < LABEL_PAPER_COUNT; paper++) {
        const struct label_measures *on = label_paper_measures(paper);
        const struct label_parts parts = label_parts_of(on);

        assert_true(on->left + (on->columns - 1) * on->step_x + on->wide <= on->page_wide);
        assert_true(on->top + (on->rows - 1) * on->step_y + on->high <= on->page_high);
        assert_true(on->wide <= on->step_x && on->high <= on->step_y);
        assert_true(parts.qr_left >= parts.inset && parts.qr_side >= 100);
        assert_true(parts.qr_top + parts.qr_side <= parts.code_top);
        assert_true(parts.code_top + parts.code_high <= parts.name_top);
        assert_true(parts.name_top + parts.name_high + parts.inset <= on->high);
        assert_int_equal(label_paper_is_roll(paper), on->wide == on->page_wide);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_up_the_number_in_a_code),
        cmocka_unit_test(puts_all_labels_on_the_page_and_all_parts_on_the_label),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "base/words.h"

#include <ctype.h>
#include <string.h>

#include "base/call.h"
#include "test.h"

static struct arena arena;

static int forget(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const char *english(enum reason reason, const void *params)
{
    return words_say(&arena, reason, params).english;
}

static void a_sentence_has_its_parameters_filled_in(void **state)
{
    const struct words words =
        words_say(&arena, WORDS(BAG_ON_BILL, .bag = "SB \"1\"", .bill = "B-17"));

    (void)state;
    assert_int_equal(words.reason, REASON_BAG_ON_BILL);
    assert_string_equal(words.english, "SB \"1\" is on bill B-17.");
    assert_string_equal(words.params, "{\"bag\":\"SB \\\"1\\\"\",\"bill\":\"B-17\"}");
}

static void a_number_takes_the_form_that_goes_with_it(void **state)
{
    (void)state;
    assert_string_equal(english(WORDS(FAMILY_KEPT, .bags = 0, .family = "wheat")),
        "0 bags are of wheat: it can't go.");
    assert_string_equal(english(WORDS(FAMILY_KEPT, .bags = 1, .family = "wheat")),
        "1 bag is of wheat: it can't go.");
    assert_string_equal(english(WORDS(FAMILY_KEPT, .bags = 21, .family = "wheat")),
        "21 bags are of wheat: it can't go.");
    assert_string_equal(
        words_say(&arena, WORDS(FAMILY_KEPT, .bags = 21)).params, "{\"bags\":21,\"family\":\"\"}");
}

static void a_text_takes_the_form_of_its_very_word(void **state)
{
    (void)state;
    assert_string_equal(english(WORDS(CHILD_REFUSED, .child = "C-1", .verdict = "is_parent")),
        "C-1: That is a parent bag.");
    assert_string_equal(english(WORDS(CHILD_REFUSED, .child = "C-1", .verdict = "full")),
        "C-1: There is no room left.");
    assert_string_equal(english(WORDS(CHILD_REFUSED, .child = "C-1", .verdict = "ful")),
        "C-1: That code can't be used here.");
}

static void braces_are_written_twice(void **state)
{
    (void)state;
    assert_string_equal(english(WORDS(PATTERN_REPEAT)),
        "has a repetition that isn't like {5} or {1,12}, 20 at most");
}

static void braces_of_a_parameter_are_its_own(void **state)
{
    (void)state;
    assert_string_equal(
        english(WORDS(PARENT_EMPTY, .parent = "{parent}|#")), "{parent}|# is empty.");
}

static void long_texts_are_cut_between_characters(void **state)
{
    char words[3000] = "x";

    (void)state;
    for (int i = 0; i < 1200; i++)
        strcat(words, "\xc3\xa4");
    assert_int_equal(
        strlen(english(WORDS(PARENT_EMPTY, .parent = words))), 1999 + strlen(" is empty."));
}

static void what_was_stored_is_worded_later(void **state)
{
    const struct words_row *row = words_notice(NOTICE_PROMOTION_REFUSED);
    const struct words_PROMOTION_REFUSED params = { .notes = "Not \"yet\"." };
    const char *stored = words_params(&arena, row, &params);

    (void)state;
    assert_string_equal(stored, "{\"notes\":\"Not \\\"yet\\\".\"}");
    assert_string_equal(
        words_english(&arena, row, row->english, stored), "You stay what you are. Not \"yet\".");
    assert_string_equal(words_english(&arena, row, row->english, "{}"), "You stay what you are.");
    assert_string_equal(
        words_english(&arena, row, row->english, "{\"notes\":7}"), "You stay what you are.");
}

static void complain(const char *key, const char *why)
{
    print_error("%s %s\n", key, why);
    assert_true(false);
}

/* Whether `text` names the parameter, as {name} or {name|...}. */
static bool mentions(const char *text, const char *name)
{
    const size_t length = strlen(name);

    for (const char *at = text ? strchr(text, '{') : NULL; at; at = strchr(at + 1, '{'))
        if (strncmp(at + 1, name, length) == 0 && strchr("|}", at[length + 1]))
            return true;
    return false;
}

static bool has_param(const struct words_row *row, const char *name, size_t length)
{
    for (const struct words_param *param = row->params; param->name; param++)
        if (strlen(param->name) == length && memcmp(param->name, name, length) == 0)
            return true;
    return false;
}

static void names_only_params(const struct words_row *row, const char *text)
{
    for (const char *at = text; at && (at = strchr(at, '{')); at++)
        if (at[1] == '{')
            at++;
        else if (!has_param(row, at + 1, strcspn(at + 1, "|}")))
            complain(row->key, at);
}

/* Forms end with `other`, which fits whatever comes. */
static void forms_end_with_other(const struct words_row *row, const char *text)
{
    for (const char *at = text; at && (at = strchr(at, '|')); at++) {
        const char *end = at + 1 + strcspn(at + 1, "|}");

        if (*end == '}' && strncmp(at + 1, "other:", 6) != 0 && strchr(at, ':'))
            complain(row->key, at);
    }
}

static void check_row(const struct words_row *row)
{
    assert_non_null(row->key);
    for (const char *at = row->key; *at; at++)
        assert_true(islower((unsigned char)*at) || isdigit((unsigned char)*at) || *at == '_');
    assert_true(*row->english);
    names_only_params(row, row->title);
    names_only_params(row, row->english);
    forms_end_with_other(row, row->english);

    for (const struct words_param *param = row->params; param->name; param++)
        if (!mentions(row->english, param->name) && !mentions(row->title, param->name))
            complain(row->key, param->name);
}

static void every_sentence_mentions_its_parameters_and_no_others(void **state)
{
    (void)state;
    for (int reason = REASON_NONE + 1; reason < REASON_COUNT; reason++)
        check_row(words_reason((enum reason)reason));
    for (int kind = NOTICE_NONE + 1; kind < NOTICE_COUNT; kind++)
        check_row(words_notice((enum notice_kind)kind));
}

/* Whole sentences end with a full stop; what follows the name of a field doesn't. */
static void refusals_are_sentences_and_wrongs_are_ends(void **state)
{
    (void)state;
    for (int reason = REASON_NONE + 1; reason < REASON_COUNT; reason++) {
        const struct words_row *row = words_reason((enum reason)reason);
        const bool whole = row->english[strlen(row->english) - 1] == '.';

        if (whole != (row->fault != FAULT_BAD_FIELDS || reason == (int)FAULT_BAD_FIELDS))
            complain(row->key, row->english);
    }
}

static void a_fault_is_its_own_reason(void **state)
{
    (void)state;
    for (int code = FAULT_NONE + 1; code < FAULT_COUNT; code++) {
        const struct words_row *row = words_reason((enum reason)code);

        assert_int_equal(row->fault, code);
        assert_string_equal(row->key, fault_slug((enum fault_code)code));
        assert_string_equal(row->english, fault_title((enum fault_code)code));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_sentence_has_its_parameters_filled_in, forget),
        cmocka_unit_test_teardown(a_number_takes_the_form_that_goes_with_it, forget),
        cmocka_unit_test_teardown(a_text_takes_the_form_of_its_very_word, forget),
        cmocka_unit_test_teardown(braces_are_written_twice, forget),
        cmocka_unit_test_teardown(braces_of_a_parameter_are_its_own, forget),
        cmocka_unit_test_teardown(long_texts_are_cut_between_characters, forget),
        cmocka_unit_test_teardown(what_was_stored_is_worded_later, forget),
        cmocka_unit_test(every_sentence_mentions_its_parameters_and_no_others),
        cmocka_unit_test(refusals_are_sentences_and_wrongs_are_ends),
        cmocka_unit_test(a_fault_is_its_own_reason),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

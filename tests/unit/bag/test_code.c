/* Scanner text as a code, by the table that the device's cleaning is held against as well. */
#include "bag/code.h"

#include <jansson.h>

#include "test.h"

static void a_text_is_the_code_that_the_table_says(void **state)
{
    json_error_t error;
    json_t *table = json_load_file(TEST_DATA "/codes.json", 0, &error);
    struct arena arena = { 0 };
    json_t *pair;
    size_t i;

    (void)state;
    assert_true(json_array_size(table) > 50);
    json_array_foreach(table, i, pair)
    {
        const char *text = json_string_value(json_array_get(pair, 0));

        assert_string_equal(
            bag_code_clean(&arena, text), json_string_value(json_array_get(pair, 1)));
    }
    json_decref(table);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_the_code_that_the_table_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

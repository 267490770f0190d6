/* Slow statements: by name, the most expensive first, and in bounded memory. */
#include "db/slow.h"

#include <stdio.h>

#include "test.h"

#define NAMES 600

static struct arena arena;
static char names[NAMES][8];

static struct list noted(void)
{
    struct list rows;

    slow_list(&arena, &rows);
    return rows;
}

static void calls_of_a_name_are_summed(void **state)
{
    (void)state;
    assert_int_equal(noted().count, 0);
    slow_note("bag_find", 100000);
    slow_note("bill_list", 500999);
    slow_note("bag_find", 301000);

    const struct list rows = noted();
    const struct slow_statement *first = rows.items;

    assert_int_equal(rows.count, 2);
    assert_string_equal(first[0].name, "bill_list");
    assert_string_equal(first[1].name, "bag_find");
    assert_int_equal(first[0].total_ms, 500);
    assert_int_equal(first[1].calls, 2);
    assert_int_equal(first[1].total_ms, 401);
    assert_int_equal(first[1].mean_ms, 200);
    assert_int_equal(first[1].max_ms, 301);
    assert_int_equal(strlen(first[1].last_at), strlen("2026-11-21T06:12:00.123Z"));
}

static void names_beyond_the_most_share_a_row(void **state)
{
    int64_t calls = 0;

    (void)state;
    for (int i = 0; i < NAMES; i++) {
        snprintf(names[i], sizeof names[i], "s%d", i);
        slow_note(names[i], 100000);
    }

    const struct list rows = noted();
    const struct slow_statement *each = rows.items;

    assert_int_equal(rows.count, 512);
    for (size_t i = 0; i < rows.count; i++)
        calls += each[i].calls;
    assert_int_equal(calls, NAMES + 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_of_a_name_are_summed),
        cmocka_unit_test(names_beyond_the_most_share_a_row),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    arena_free(&arena);
    return failed;
}

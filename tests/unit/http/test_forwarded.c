/*
 * Whose request a proxy passes on.
 */
#include "http/forwarded.h"

#include "base/text.h"
#include "test.h"

static struct arena arena;

static void ports_and_brackets_are_taken_off(void **state)
{
    static const char *const rows[][2] = {
        { "203.0.113.8", "203.0.113.8" },
        { " 203.0.113.8\t", "203.0.113.8" },
        { "203.0.113.8:51234", "203.0.113.8" },
        { "2001:db8::5", "2001:db8::5" },
        { "2001:DB8:0::5", "2001:db8::5" },
        { "[2001:db8::5]", "2001:db8::5" },
        { "[2001:db8::5]:51234", "2001:db8::5" },
        { "::ffff:203.0.113.8", "203.0.113.8" },
        { "[::ffff:203.0.113.8]:1", "203.0.113.8" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_string_equal(forwarded_address(&arena, rows[i][0], 1), rows[i][1]);
}

static void what_is_no_address_is_nobodys(void **state)
{
    static const char *const rows[] = { "", " ", ",", "unknown", "_hidden", "203.0.113",
        "203.0.113.8.9", "203.0.113.8:", "203.0.113.8:x", "203.0.113.8:70000", "[2001:db8::5",
        "[2001:db8::5]x", "2001:db8::5]", "[203.0.113.8", "fe80::1%eth0", "1:2", "<script>",
        "203.0.113.8, " };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_null(forwarded_address(&arena, rows[i], 1));
}

static void only_what_our_own_proxies_say_counts(void **state)
{
    static const char list[] = "6.6.6.6, 203.0.113.8:99, 10.0.0.2";

    (void)state;
    assert_string_equal(forwarded_address(&arena, list, 1), "10.0.0.2");
    assert_string_equal(forwarded_address(&arena, list, 2), "203.0.113.8");
    assert_string_equal(forwarded_address(&arena, list, 3), "6.6.6.6");
    assert_string_equal(forwarded_address(&arena, list, 9), "6.6.6.6");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ports_and_brackets_are_taken_off),
        cmocka_unit_test(what_is_no_address_is_nobodys),
        cmocka_unit_test(only_what_our_own_proxies_say_counts),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    arena_free(&arena);
    return failed;
}

#include "http/rate.h"

#include <stdio.h>

#include "test.h"

#define SECOND ((int64_t)1000000)

static int64_t now;
static int seconds;

static int start(void **state)
{
    (void)state;
    now = 1000 * SECOND;
    rate_reset(true);
    return 0;
}

/* How many go through at once. */
static int burst(enum rate_class rate, uint64_t who)
{
    int count = 0;

    while (count < 100000 && rate_take(rate, who, now, &seconds))
        count++;
    return count;
}

static void a_burst_goes_through_and_then_the_pace_counts(void **state)
{
    const uint64_t who = rate_key_account(1, 7);

    (void)state;
    assert_int_equal(burst(RATE_SCAN, who), 500);
    assert_int_equal(seconds, 1);
    now += SECOND;
    assert_int_equal(burst(RATE_SCAN, who), 50);
    now += 100 * SECOND;
    assert_int_equal(burst(RATE_SCAN, who), 500);
}

static void accounts_and_classes_are_counted_apart(void **state)
{
    (void)state;
    assert_int_equal(burst(RATE_SCAN, rate_key_account(1, 7)), 500);
    assert_int_equal(burst(RATE_SCAN, rate_key_account(2, 7)), 500);
    assert_int_equal(burst(RATE_SCAN, rate_key_account(7, 1)), 500);
    assert_int_equal(burst(RATE_WRITE, rate_key_account(1, 7)), 200);
    assert_int_equal(burst(RATE_SIGN_IN, rate_key_address("192.0.2.1")), 100);
    assert_int_equal(burst(RATE_SIGN_IN, rate_key_address("192.0.2.2")), 100);
    assert_true(seconds >= 1);
}

static void watching_is_reading(void **state)
{
    (void)state;
    assert_int_equal(burst(RATE_READ, rate_key_account(1, 7)), 1000);
    assert_int_equal(burst(RATE_WATCH, rate_key_account(1, 7)), 0);
}

static void limits_can_be_off_but_not_for_signing_in(void **state)
{
    (void)state;
    assert_int_equal(burst(RATE_NONE, 1), 100000);
    rate_reset(false);
    assert_int_equal(burst(RATE_SCAN, 1), 100000);
    assert_int_equal(burst(RATE_SIGN_IN, 1), 100);
}

/* However many come, one who is over the limit isn't forgotten sooner than those who aren't. */
static void a_flood_of_others_does_not_wash_a_counter_away(void **state)
{
    const uint64_t who = rate_key_address("192.0.2.1");
    char other[30];

    (void)state;
    assert_int_equal(burst(RATE_SIGN_IN, who), 100);
    for (int i = 0; i < 200000; i++) {
        snprintf(other, sizeof other, "198.51.%d.%d", i / 256, i % 256);
        assert_true(rate_take(RATE_SIGN_IN, rate_key_address(other), now, &seconds));
    }
    assert_int_equal(burst(RATE_SIGN_IN, who), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_burst_goes_through_and_then_the_pace_counts, start),
        cmocka_unit_test_setup(accounts_and_classes_are_counted_apart, start),
        cmocka_unit_test_setup(watching_is_reading, start),
        cmocka_unit_test_setup(limits_can_be_off_but_not_for_signing_in, start),
        cmocka_unit_test_setup(a_flood_of_others_does_not_wash_a_counter_away, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

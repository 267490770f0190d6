/* Times and version 7 ids as text and bytes. */
#include "base/time.h"

#include "base/clock.h"
#include "base/uuid.h"

#include "test.h"

static void a_time_is_read_with_its_fraction_and_offset(void **state)
{
    int64_t plain, fine, east, west;

    (void)state;
    assert_true(time_from_rfc3339("2026-11-21T06:12:00Z", &plain));
    assert_int_equal(plain, INT64_C(1795241520000000));
    assert_true(time_from_rfc3339("2026-11-21T06:12:00.1234567Z", &fine));
    assert_int_equal(fine - plain, 123456);
    assert_true(time_from_rfc3339("2026-11-21T11:42:00+05:30", &east));
    assert_int_equal(east, plain);
    assert_true(time_from_rfc3339("2026-11-21 01:12:00-05:00", &west));
    assert_int_equal(west, plain);
}

static void a_leap_day_is_a_day_in_leap_years_only(void **state)
{
    int64_t at;

    (void)state;
    assert_true(time_from_rfc3339("2000-02-29T00:00:00Z", &at));
    assert_int_equal(at, INT64_C(951782400000000));
    assert_true(time_from_rfc3339("2028-02-29T00:00:00Z", &at));
    assert_false(time_from_rfc3339("2100-02-29T00:00:00Z", &at));
    assert_false(time_from_rfc3339("2026-02-29T00:00:00Z", &at));
}

static void what_is_no_time_is_refused(void **state)
{
    static const char *const wrong[] = { "", "2026", "2026-11-21", "2026-11-21T06:12Z",
        "2026-11-21T06:12:00", "2026-11-21T24:00:00Z", "2026-11-21T06:60:00Z",
        "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-11-31T00:00:00Z",
        "2026-11-21T06:12:00.Z", "2026-11-21T06:12:00Zx", "2026-11-21T06:12:00+5:30",
        "1969-12-31T23:59:59Z", " 2026-11-21T06:12:00Z", "26-11-21T06:12:00Z" };
    int64_t at;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(time_from_rfc3339(wrong[i], &at));
}

static void a_new_id_is_of_version_7_and_of_now(void **state)
{
    unsigned char id[16];
    int64_t ms = 0;

    (void)state;
    uuid7_create(id);
    for (int i = 0; i < 6; i++)
        ms = ms << 8 | id[i];
    assert_int_equal(id[6] >> 4, 7);
    assert_int_equal(id[8] >> 6, 2);
    assert_in_range(ms / 1000, clock_unix() - 2, clock_unix() + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_is_read_with_its_fraction_and_offset),
        cmocka_unit_test(a_leap_day_is_a_day_in_leap_years_only),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(a_new_id_is_of_version_7_and_of_now),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

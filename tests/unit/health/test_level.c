/* How full is too full. */
#include "health/level.h"

#include "base/text.h"
#include "test.h"

static void levels_begin_at_70_and_85_percent(void **state)
{
    static const struct {
        int64_t used, most, percent, threshold;
        enum health_level level;
    } rows[] = {
        { 0, 97, 0, NO_I64, HEALTH_OK },
        { 699, 1000, 69, NO_I64, HEALTH_OK },
        { 700, 1000, 70, 70, HEALTH_WARNING },
        { 849, 1000, 84, 70, HEALTH_WARNING },
        { 850, 1000, 85, 85, HEALTH_CRITICAL },
        { 950, 1000, 95, 95, HEALTH_CRITICAL },
        { 1200, 1000, 120, 95, HEALTH_CRITICAL },
        { INT64_MAX / 2, INT64_MAX, 50, NO_I64, HEALTH_OK },
        { 1, 0, NO_I64, NO_I64, HEALTH_NONE },
        { 1, NO_I64, NO_I64, NO_I64, HEALTH_NONE },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct fullness fullness = fullness_of(rows[i].used, rows[i].most);

        assert_int_equal(fullness.percent, rows[i].percent);
        assert_int_equal(fullness.threshold, rows[i].threshold);
        assert_int_equal(fullness.level, rows[i].level);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(levels_begin_at_70_and_85_percent) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

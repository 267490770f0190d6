#include "export/gate.h"

#include "test.h"

static struct call ada = { .org_id = 1, .person = { .id = 1 } };
static struct call bina = { .org_id = 1, .person = { .id = 2 } };
static struct call stranger = { .org_id = 2, .person = { .id = 1 } };

static void a_person_exports_one_thing_at_a_time(void **state)
{
    (void)state;
    gate_open(3);
    assert_true(gate_enter(&ada));
    assert_false(gate_enter(&ada));
    assert_int_equal(ada.fault.code, FAULT_TOO_OFTEN);
    assert_true(ada.fault.retry_seconds > 0);
    assert_true(gate_enter(&bina));
    assert_true(gate_enter(&stranger));

    gate_leave(&ada);
    assert_true(gate_enter(&ada));
    gate_leave(&ada);
    gate_leave(&bina);
    gate_leave(&stranger);
}

static void a_few_exports_run_together(void **state)
{
    (void)state;
    gate_open(2);
    assert_true(gate_enter(&ada));
    assert_true(gate_enter(&bina));
    assert_false(gate_enter(&stranger));
    assert_int_equal(stranger.fault.code, FAULT_OVERLOADED);
    assert_true(stranger.fault.retry_seconds > 0);

    gate_leave(&ada);
    assert_true(gate_enter(&stranger));
    gate_leave(&bina);
    gate_leave(&stranger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_exports_one_thing_at_a_time),
        cmocka_unit_test(a_few_exports_run_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

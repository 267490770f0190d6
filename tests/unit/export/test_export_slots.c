#include "export/export_slots.h"

#include "test.h"

static struct call ada = { .org_id = 1, .person = { .id = 1 } };
static struct call bina = { .org_id = 1, .person = { .id = 2 } };
static struct call stranger = { .org_id = 2, .person = { .id = 1 } };

static void a_person_exports_one_thing_at_a_time(void **state)
{
    (void)state;
    export_slots_set(3);
    assert_true(export_slot_take(&ada));
    assert_false(export_slot_take(&ada));
    assert_int_equal(ada.fault.code, FAULT_TOO_OFTEN);
    assert_true(ada.fault.retry_seconds > 0);
    assert_true(export_slot_take(&bina));
    assert_true(export_slot_take(&stranger));

    export_slot_release(&ada);
    assert_true(export_slot_take(&ada));
    export_slot_release(&ada);
    export_slot_release(&bina);
    export_slot_release(&stranger);
}

static void a_few_exports_run_together(void **state)
{
    (void)state;
    export_slots_set(2);
    assert_true(export_slot_take(&ada));
    assert_true(export_slot_take(&bina));
    assert_false(export_slot_take(&stranger));
    assert_int_equal(stranger.fault.code, FAULT_OVERLOADED);
    assert_true(stranger.fault.retry_seconds > 0);

    export_slot_release(&ada);
    assert_true(export_slot_take(&stranger));
    export_slot_release(&bina);
    export_slot_release(&stranger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_exports_one_thing_at_a_time),
        cmocka_unit_test(a_few_exports_run_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

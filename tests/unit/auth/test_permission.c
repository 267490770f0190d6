#include "auth/permission.h"

#include "test.h"

static void roles_have_names_and_names_roles(void **state)
{
    (void)state;
    for (enum role role = ROLE_ADMIN; role <= ROLE_DISPATCHER; role++)
        assert_int_equal(role_from_name(role_name(role)), role);
    assert_int_equal(role_from_name("none"), ROLE_NONE);
    assert_int_equal(role_from_name("Admin"), ROLE_NONE);
    assert_int_equal(role_from_name(""), ROLE_NONE);
}

static void an_open_door_is_open_to_everyone(void **state)
{
    (void)state;
    for (enum role role = ROLE_NONE; role <= ROLE_DISPATCHER; role++)
        assert_true(role_may(role, ANYONE));
}

static void a_forgotten_permission_lets_nobody_in(void **state)
{
    (void)state;
    for (enum role role = ROLE_NONE; role <= ROLE_DISPATCHER; role++)
        assert_false(role_may(role, MAY_UNSET));
}

static void nobody_may_do_only_what_anyone_may(void **state)
{
    (void)state;
    for (enum permission permission = ANYONE + 1; permission < MAY_COUNT; permission++)
        assert_false(role_may(ROLE_NONE, permission));
}

static void an_admin_may_do_everything_but_ask_to_be_one(void **state)
{
    (void)state;
    for (enum permission permission = ANYONE; permission < MAY_COUNT; permission++)
        assert_int_equal(role_may(ROLE_ADMIN, permission), permission != MAY_ASK);
}

static void billers_bill_and_dispatchers_do_not(void **state)
{
    (void)state;
    assert_true(role_may(ROLE_BILLER, MAY_BILL));
    assert_true(role_may(ROLE_BILLER, MAY_CORRECT));
    assert_false(role_may(ROLE_BILLER, MAY_BILL_DELETE));
    assert_false(role_may(ROLE_BILLER, MAY_ADMIN));
    assert_true(role_may(ROLE_DISPATCHER, MAY_SCAN));
    assert_true(role_may(ROLE_DISPATCHER, MAY_LOOK));
    assert_true(role_may(ROLE_DISPATCHER, MAY_SELF));
    assert_true(role_may(ROLE_DISPATCHER, MAY_ASK));
    assert_true(role_may(ROLE_BILLER, MAY_ASK));
    assert_false(role_may(ROLE_DISPATCHER, MAY_BILL));
    assert_false(role_may(ROLE_DISPATCHER, MAY_CORRECT));
}

static void every_permission_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (enum permission one = MAY_UNSET; one < MAY_COUNT; one++)
        for (enum permission other = MAY_UNSET; other < one; other++)
            assert_string_not_equal(permission_name(one), permission_name(other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_have_names_and_names_roles),
        cmocka_unit_test(an_open_door_is_open_to_everyone),
        cmocka_unit_test(a_forgotten_permission_lets_nobody_in),
        cmocka_unit_test(nobody_may_do_only_what_anyone_may),
        cmocka_unit_test(an_admin_may_do_everything_but_ask_to_be_one),
        cmocka_unit_test(billers_bill_and_dispatchers_do_not),
        cmocka_unit_test(every_permission_has_a_name_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

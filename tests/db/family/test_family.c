/*
 * Bag families, as administrators change them.
 */
#include "db/people.h"
#include "family/family.h"
#include "test.h"

static struct family family;

static enum fault_code make(struct family_edit edit)
{
    edit.capacity = edit.capacity ? edit.capacity : NO_I64;
    edit.child_weight_kg = edit.child_weight_kg ? edit.child_weight_kg : NO_I64;
    return FAULT_OF(family_create(&call, &edit, &family));
}

static enum fault_code alter(int64_t id, struct family_edit edit)
{
    edit.capacity = edit.capacity ? edit.capacity : NO_I64;
    edit.child_weight_kg = edit.child_weight_kg ? edit.child_weight_kg : NO_I64;
    return FAULT_OF(family_update(&call, id, &edit, &family));
}

static int begin(void **state)
{
    people_begin(state);
    run("DELETE FROM bag; DELETE FROM bag_family WHERE id > 3");
    return !as("ada");
}

#define WITH_ADA(test) cmocka_unit_test_setup_teardown(test, begin, people_end)

static void a_new_family_has_codes(void **state)
{
    struct list families;

    (void)state;
    assert_int_equal(make((struct family_edit){ .name = "wheat",
                         .pattern = "^WH\\d{4}$",
                         .example = " wh0001 ",
                         .capacity = 20,
                         .child_weight_kg = 2500 }),
        FAULT_NONE);
    assert_int_equal(family.id, 4);
    assert_string_equal(family.prefix, "WH");
    assert_int_equal(family.capacity, 20);
    assert_int_equal(family.child_weight_kg, 2500);
    assert_int_equal(count_of("SELECT family_id FROM bag_family_of(1, 'WH0042')"), 4);
    assert_int_equal(FAULT_OF(family_list(&call, &families)), FAULT_NONE);
    assert_int_equal(families.count, 4);
    assert_int_equal(
        make((struct family_edit){
            .name = "WHEAT", .pattern = "^WX\\d{4}$", .example = "WX0001", .capacity = 20 }),
        FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "name");
    assert_int_equal(count_of("SELECT count(*) FROM audit_log WHERE action = 'family_create'"), 1);
}

static void a_capacity_may_stand_in_the_code(void **state)
{
    (void)state;
    assert_int_equal(make((struct family_edit){ .name = "loose",
                         .pattern = "^Q\\d{1,8}-([1-9]\\d?|[1-4]\\d\\d|500)$",
                         .example = "Q1-10" }),
        FAULT_NONE);
    assert_true(family.capacity == NO_I64);
    assert_int_equal(count_of("SELECT capacity FROM bag_family_of(1, 'Q77-120')"), 120);
    assert_int_equal(
        make((struct family_edit){ .name = "bare", .pattern = "^R\\d{5}$", .example = "R12345" }),
        FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "capacity");
}

struct pattern {
    const char *pattern, *example, *field;
};

static const struct pattern bad[] = {
    { "WH\\d{4}$", "WH0001", "pattern" }, /* not held at its start */
    { "^WH\\d{4}", "WH0001", "pattern" },
    { "^WH\\d{4}\\$", "WH0001", "pattern" },
    { "^WH\\d{4}$|^X$", "WH0001", "pattern" },
    { "^WH1|WH\\d{4}$", "WH0001", "pattern" },
    { "^WH(\\d{4}$", "WH0001", "pattern" },
    { "^WH[9-0]{4}$", "WH0001", "pattern" },
    { "^WH[0-9$", "WH0001", "pattern" },
    { "^WH\\d+$", "WH0001", "pattern" },
    { "^WH.*$", "WH0001", "pattern" },
    { "^WH\\w{4}$", "WH0001", "pattern" },
    { "^WH(\\d)\\1{3}$", "WH0000", "pattern" },
    { "^WH\\d{4,2}$", "WH0001", "pattern" },
    { "^WH\\d{2}{2}$", "WH0001", "pattern" },
    { "^WH\\d{4}((){20}){20}$", "WH0001", "pattern" }, /* nothing, 400 times */
    { "^WH\\d{4}(A|)$", "WH0001", "pattern" },
    { "^WH\\d{4000000000}$", "WH0001", "pattern" },
    { "^WH(((((\\d{4})))))$", "WH0001", "pattern" },
    { "^wh\\d{4}$", "WH0001", "pattern" }, /* codes are in upper case */
    { "^W\\d{2}$", "W12", "pattern" }, /* too short, too long */
    { "^W\\d{20}$", "W12345678901234567890", "pattern" },
    { "^(WH|WX)\\d{4}$", "WH0001", "pattern" }, /* nothing that all codes begin with */
    { "^WH\\d{4}$", "WH001", "example" },
    { "^WH\\d{4}$", "", "example" },
    { "^SB1\\d{4}$", "SB12345", "example" }, /* mustard's */
    { "^CHILD\\d{2}$", "CHILD77", "pattern" }, /* CHILD42 is a child */
    { "^$", "", "example" },
    { "", "x", "pattern" },
};

static void a_pattern_is_checked_before_the_first_scan(void **state)
{
    (void)state;
    run("INSERT INTO bag (org_id, kind, code) VALUES (1, 'child', 'CHILD42')");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const enum fault_code code = make((struct family_edit){ .name = "wheat",
            .pattern = bad[i].pattern,
            .example = bad[i].example,
            .capacity = 20 });

        if (code != FAULT_BAD_FIELDS || strcmp(wrong_field(), bad[i].field) != 0)
            print_error("%s: %s\n", bad[i].pattern, wrong_field());
        assert_int_equal(code, FAULT_BAD_FIELDS);
        assert_string_equal(wrong_field(), bad[i].field);
    }
}

static void the_families_of_a_fresh_installation_are_good(void **state)
{
    (void)state;
    assert_int_equal(
        make((struct family_edit){
            .name = "a", .pattern = "^M555-\\d{5}$", .example = "M555-00001", .capacity = 15 }),
        FAULT_NONE);
    assert_string_equal(family.prefix, "M555-");
    assert_int_equal(make((struct family_edit){ .name = "b",
                         .pattern = "^TX?(A|B{2})[A-C1-9]{3}$",
                         .example = "TXBBA19",
                         .prefix = "T",
                         .capacity = 500 }),
        FAULT_NONE);
    assert_int_equal(make((struct family_edit){ .name = "c",
                         .pattern = "^TX\\d{4}$",
                         .example = "TX1234",
                         .prefix = "TXA",
                         .capacity = 501 }),
        FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "prefix");
}

static void a_family_with_bags_keeps_its_pattern(void **state)
{
    (void)state;
    assert_int_equal(
        make((struct family_edit){
            .name = "wheat", .pattern = "^WH\\d{4}$", .example = "WH0001", .capacity = 20 }),
        FAULT_NONE);

    const int64_t id = family.id;

    assert_int_equal(alter(id, (struct family_edit){ .capacity = 30 }), FAULT_BAD_FIELDS);
    assert_string_equal(wrong_field(), "capacity");
    assert_int_equal(
        alter(id,
            (struct family_edit){ .pattern = "^WH\\d{5}$", .example = "WH00001", .capacity = 30 }),
        FAULT_NONE);
    assert_int_equal(family.capacity, 30);

    run("INSERT INTO bag (org_id, kind, code, family_id, capacity, status, expected_g)"
        " SELECT 1, 'parent', 'WH0000' || n, 4, 30, 'pending', 30000 FROM generate_series(1, 2) n");
    assert_int_equal(
        alter(id,
            (struct family_edit){ .pattern = "^WH\\d{4}$", .example = "WH0001", .capacity = 30 }),
        FAULT_REFUSED);
    assert_non_null(strstr(call.fault.words.english, "2 bags are of wheat"));
    assert_int_equal(
        alter(id, (struct family_edit){ .pattern = "^WH\\d{5}$", .capacity = 31 }), FAULT_REFUSED);
    assert_int_equal(
        alter(id, (struct family_edit){ .name = "Weizen", .child_weight_kg = 1500 }), FAULT_NONE);
    assert_string_equal(family.name, "Weizen");
    assert_string_equal(family.pattern, "^WH\\d{5}$");
    assert_int_equal(family.child_weight_kg, 1500);
    assert_int_equal(alter(id, (struct family_edit){ .child_weight_kg = -1 }), FAULT_BAD_FIELDS);
    assert_int_equal(alter(id, (struct family_edit){ .name = "mustard" }), FAULT_BAD_FIELDS);
    assert_int_equal(alter(id, (struct family_edit){ .name = "" }), FAULT_BAD_FIELDS);
    assert_int_equal(alter(77, (struct family_edit){ .name = "x" }), FAULT_NOT_FOUND);

    assert_int_equal(FAULT_OF(family_delete(&call, id)), FAULT_REFUSED);
    run("DELETE FROM bag");
    assert_int_equal(FAULT_OF(family_delete(&call, id)), FAULT_NONE);
    assert_int_equal(FAULT_OF(family_delete(&call, id)), FAULT_NOT_FOUND);
    assert_int_equal(count_of("SELECT count(*) FROM audit_log WHERE entity = 'family'"), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ADA(a_new_family_has_codes),
        WITH_ADA(a_capacity_may_stand_in_the_code),
        WITH_ADA(a_pattern_is_checked_before_the_first_scan),
        WITH_ADA(the_families_of_a_fresh_installation_are_good),
        WITH_ADA(a_family_with_bags_keeps_its_pattern),
    };

    return cmocka_run_group_tests(tests, people_open, people_close);
}

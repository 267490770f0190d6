/*
 * The rules of putting parents on bills: each alone, each with its neighbour, and in order.
 */
#include "bill/judge.h"

#include <stdlib.h>

#include "base/text.h"

#include "test.h"

enum { BAG = 1, THIS_BILL = 11, THAT_BILL = 12, ADA = 21, DEV = 22 };

static const struct family families[] = {
    { .id = 1, .prefix = "SB", .pattern = "^SB\\d{5}$", .capacity = 30, .child_weight_kg = 1000 },
};

#define LIST(items) ((struct list){ (void *)(items), COUNT_OF(items) })

/* A scan by Ada, with an id of its own. */
static struct bill_scan scan_of(const char *bill, const char *qr, bool create)
{
    static unsigned ids;
    struct bill_scan scan = { .bill = bill, .qr = qr, .user_id = ADA, .create = create };

    ids++;
    memcpy(scan.id, &ids, sizeof ids);
    return scan;
}

static struct judged_bill bill_of(int64_t linked, int64_t capacity, enum bill_status status)
{
    const struct bill_totals totals = { status, linked, 20 * linked, 20000 * linked,
        30000 * linked };

    return (struct judged_bill){ THIS_BILL, capacity, "THIS", totals, totals };
}

/* One scan, of a bag onto a bill of two. */
struct bill_case {
    const char *what, *qr;
    enum bag_kind kind;
    int64_t on; /* the bill that the bag is on */
    bool create;
    int64_t linked;
    enum bill_status status;
    enum verdict verdict;
};

/* clang-format off */
#define PROCESSING BILL_STATUS_PROCESSING
#define COMPLETED BILL_STATUS_COMPLETED
#define PARENT BAG_KIND_PARENT
#define CHILD BAG_KIND_CHILD
#define UNKNOWN BAG_KIND_NONE

/* In the order of the rules: each alone, and where it can be, with a later one beside it. */
static const struct bill_case cases[] = {
    { "a child", "0001", CHILD, NO_I64, false, 1, PROCESSING, VERDICT_IS_CHILD },
    { "a child, before a full bill", "0001", CHILD, NO_I64, false, 2, COMPLETED, VERDICT_IS_CHILD },
    { "an unknown code with other characters", "???", UNKNOWN, NO_I64, false, 1, PROCESSING, VERDICT_BAD_CODE },
    { "an unknown code of no family, by hand", "0001", UNKNOWN, NO_I64, true, 1, PROCESSING, VERDICT_BAD_CODE },
    { "a bad code, before a full bill", "???", UNKNOWN, NO_I64, true, 2, COMPLETED, VERDICT_BAD_CODE },
    { "an unknown code that could be a child's", "0001", UNKNOWN, NO_I64, false, 1, PROCESSING, VERDICT_NOT_FOUND },
    { "an unknown parent, scanned", "SB00001", UNKNOWN, NO_I64, false, 1, PROCESSING, VERDICT_NOT_FOUND },
    { "not found, before a completed bill", "SB00001", UNKNOWN, NO_I64, false, 1, COMPLETED, VERDICT_NOT_FOUND },
    { "a parent that is on it", "SB00001", PARENT, THIS_BILL, false, 1, PROCESSING, VERDICT_ALREADY_HERE },
    { "on it, before that it is full", "SB00001", PARENT, THIS_BILL, false, 2, COMPLETED, VERDICT_ALREADY_HERE },
    { "a parent on another bill", "SB00001", PARENT, THAT_BILL, false, 1, PROCESSING, VERDICT_ELSEWHERE },
    { "elsewhere, before a full bill", "SB00001", PARENT, THAT_BILL, false, 2, COMPLETED, VERDICT_ELSEWHERE },
    { "a full bill", "SB00001", PARENT, NO_I64, false, 2, COMPLETED, VERDICT_FULL },
    { "a full bill, for a parent made by hand", "SB00001", UNKNOWN, NO_I64, true, 2, COMPLETED, VERDICT_FULL },
    { "a bill that was finished early", "SB00001", PARENT, NO_I64, false, 1, COMPLETED, VERDICT_COMPLETED },
    { "a parent", "SB00001", PARENT, NO_I64, false, 0, BILL_STATUS_NEW, VERDICT_LINKED },
    { "a parent made by hand", "SB00001", UNKNOWN, NO_I64, true, 1, PROCESSING, VERDICT_LINKED },
};
/* clang-format on */

static struct judged_bag bag_of(const struct bill_case *each)
{
    struct judged_bag bag = { .code = each->qr, .id = BAG };

    bag.was.kind = each->kind;
    bag.was.parent_id = bag.was.area_id = NO_I64;
    bag.was.bill_id = each->on;
    if (each->kind == BAG_KIND_PARENT) {
        bag.capacity = 30;
        bag.expected_g = 30000;
        bag.was.child_count = 20;
        bag.was.weight_g = 20000;
        bag.was.status = BAG_STATUS_IN_PROGRESS;
    }
    bag.is = bag.was;
    return bag;
}

static void each_rule_holds_comes_before_the_next_and_changes_nothing(void **state)
{
    static const struct other_bill that = { THAT_BILL, "THAT" };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct bill_case *each = &cases[i];
        const bool linked = each->verdict == VERDICT_LINKED;
        struct judged_bag bag = bag_of(each);
        struct judged_bill bill = bill_of(each->linked, 2, each->status);
        struct bill_judge judge = { .bags = { &bag, 1, LIST(families) },
            .bills = &bill,
            .bills_count = 1,
            .others = { (void *)&that, 1 } };
        struct bill_scan scan = scan_of("THIS", each->qr, each->create), *const one = &scan;

        bill_judge_scans(&judge, &one, 1);
        if (scan.verdict != each->verdict)
            print_error("%s\n", each->what);
        assert_int_equal(scan.outcome, BILL_SCAN_JUDGED);
        assert_int_equal(scan.verdict, each->verdict);
        assert_int_equal(scan.linked, each->linked + linked);
        assert_int_equal(judged_bill_is_changed(&bill), linked);
        assert_int_equal(judged_bag_is_new(&bag) || judged_bag_is_changed(&bag), linked);
        assert_string_equal(
            scan.where ? scan.where : "", each->verdict == VERDICT_ELSEWHERE ? "THAT" : "");
    }
}

static void a_bill_that_is_not_there_judges_nothing(void **state)
{
    struct judged_bag bag = { .code = "SB00001", .id = BAG };
    struct bill_judge judge = { .bags = { &bag, 1, LIST(families) } };
    struct bill_scan scan = scan_of("NONE", "SB00001", true), *const one = &scan;

    (void)state;
    bill_judge_scans(&judge, &one, 1);
    assert_int_equal(scan.outcome, BILL_SCAN_NO_BILL);
    assert_false(judged_bag_is_new(&bag));
}

static void the_first_who_come_take_the_last_places_and_their_figures_add_up(void **state)
{
    struct judged_bag bags[] = { { .code = "SB00001", .id = 1 }, { .code = "SB00002", .id = 2 },
        { .code = "SB00003", .id = 3 } };
    struct judged_bill bill = bill_of(1, 3, BILL_STATUS_PROCESSING);
    struct bill_judge judge = {
        .bags = { bags, 3, LIST(families) }, .bills = &bill, .bills_count = 1
    };
    struct bill_scan scans[] = { scan_of("THIS", "SB00003", true), scan_of("THIS", "SB00001", true),
        scan_of("THIS", "SB00002", true) };
    struct bill_scan *const each[] = { &scans[0], &scans[1], &scans[2] };

    (void)state;
    bill_judge_scans(&judge, each, 3);
    assert_int_equal(scans[0].verdict, VERDICT_LINKED);
    assert_int_equal(scans[0].linked, 2);
    assert_int_equal(scans[0].expected_weight_kg, 60000);
    assert_false(scans[0].closed);
    assert_int_equal(scans[1].linked, 3);
    assert_true(scans[1].closed);
    assert_int_equal(scans[2].verdict, VERDICT_FULL);
    assert_int_equal(scans[2].bag_capacity, NO_I64);
    assert_int_equal(bill.is.status, BILL_STATUS_COMPLETED);
    assert_int_equal(bill.is.expected_g, 90000);
    assert_false(judged_bag_is_new(&bags[1]));
    assert_int_equal(judged_bags_totals(&judge.bags).parents, 2);
}

static void one_bag_goes_on_the_first_of_two_bills(void **state)
{
    struct judged_bag bag = { .code = "SB00001", .id = BAG };
    struct judged_bill bills[] = { bill_of(0, 2, BILL_STATUS_NEW), bill_of(0, 2, BILL_STATUS_NEW) };
    struct bill_judge judge = {
        .bags = { &bag, 1, LIST(families) }, .bills = bills, .bills_count = 2
    };
    struct bill_scan scans[] = { scan_of("THAT", "SB00001", true), scan_of("THIS", "SB00001", true),
        scan_of("THAT", "SB00001", false) };
    struct bill_scan *const each[] = { &scans[0], &scans[1], &scans[2] };

    (void)state;
    bills[1].id = THAT_BILL;
    bills[1].code = "THAT";
    bill_judge_scans(&judge, each, 3);
    assert_int_equal(scans[0].verdict, VERDICT_LINKED);
    assert_int_equal(scans[1].verdict, VERDICT_ELSEWHERE);
    assert_string_equal(scans[1].where, "THAT");
    assert_int_equal(scans[2].verdict, VERDICT_ALREADY_HERE);
    assert_false(judged_bill_is_changed(&bills[0]));
}

static struct bill_scan replay(const struct earlier_scan *earlier, const char *bill, const char *qr)
{
    struct bill_scan scan = scan_of(bill, qr, false), *const one = &scan;
    struct bill_judge judge = { .earlier = { (void *)earlier, 1 } };

    bill_judge_scans(&judge, &one, 1);
    assert_true(scan.known);
    return scan;
}

static void a_replay_gets_the_first_answer_and_another_scan_with_the_id_gets_none(void **state)
{
    struct earlier_scan earlier = { .n = 1,
        .kind = SCAN_KIND_BILL,
        .verdict = VERDICT_LINKED,
        .user_id = ADA,
        .bill = "THIS",
        .parent = "SB00001",
        .held = 2,
        .capacity = 5 };

    (void)state;
    assert_int_equal(replay(&earlier, "THIS", "SB00001").outcome, BILL_SCAN_JUDGED);
    assert_int_equal(replay(&earlier, "THIS", "SB00001").linked, 2);
    assert_int_equal(replay(&earlier, "THAT", "SB00001").outcome, BILL_SCAN_ID_USED);
    assert_int_equal(replay(&earlier, "THIS", "SB00002").outcome, BILL_SCAN_ID_USED);
    earlier.user_id = DEV;
    assert_int_equal(replay(&earlier, "THIS", "SB00001").outcome, BILL_SCAN_ID_USED);
    earlier.user_id = ADA;
    earlier.kind = SCAN_KIND_LINK;
    assert_int_equal(replay(&earlier, "THIS", "SB00001").outcome, BILL_SCAN_ID_USED);
    earlier.kind = SCAN_KIND_BILL;
    earlier.bill = earlier.parent = NULL; /* both are gone */
    assert_int_equal(replay(&earlier, "THIS", "SB00001").outcome, BILL_SCAN_JUDGED);
}

static void an_id_that_comes_twice_at_once_is_judged_once_and_so_when_the_batch_runs_again(
    void **state)
{
    (void)state;

    struct bill_scan scans[] = { scan_of("THIS", "SB00001", true), scan_of("THIS", "SB00001", true),
        scan_of("THIS", "SB00002", true) };
    struct bill_scan *const each[] = { &scans[0], &scans[1], &scans[2] };

    for (int i = 1; i < 3; i++)
        memcpy(scans[i].id, scans[0].id, sizeof scans[0].id);
    for (int run = 0; run < 2; run++) {
        struct judged_bag bags[] = { { .code = "SB00001", .id = 1 },
            { .code = "SB00002", .id = 2 } };
        struct judged_bill bill = bill_of(run, 5, BILL_STATUS_PROCESSING);
        struct bill_judge judge = {
            .bags = { bags, 2, LIST(families) }, .bills = &bill, .bills_count = 1
        };

        bill_judge_scans(&judge, each, 3);
        assert_int_equal(bill.is.linked, run + 1);
        assert_int_equal(scans[1].linked, run + 1);
        assert_int_equal(scans[1].verdict, VERDICT_LINKED);
        assert_int_equal(scans[2].outcome, BILL_SCAN_ID_USED);
        assert_false(judged_bag_is_new(&bags[1]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_holds_comes_before_the_next_and_changes_nothing),
        cmocka_unit_test(a_bill_that_is_not_there_judges_nothing),
        cmocka_unit_test(the_first_who_come_take_the_last_places_and_their_figures_add_up),
        cmocka_unit_test(one_bag_goes_on_the_first_of_two_bills),
        cmocka_unit_test(a_replay_gets_the_first_answer_and_another_scan_with_the_id_gets_none),
        cmocka_unit_test(
            an_id_that_comes_twice_at_once_is_judged_once_and_so_when_the_batch_runs_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

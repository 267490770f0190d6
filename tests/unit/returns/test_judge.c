/*
 * The rules of returns: each alone, each with its neighbour, in order, and back again.
 */
#include "returns/judge.h"

#include "base/text.h"

#include "test.h"

enum { BAG = 1, BILL = 11, TICKET = 31, ADA = 21 };

static struct return_scan scan_of(const char *ticket, const char *qr)
{
    static unsigned ids;
    struct return_scan scan = { .ticket = ticket, .qr = qr, .user_id = ADA };

    ids++;
    memcpy(scan.id, &ids, sizeof ids);
    return scan;
}

static struct judged_ticket ticket_of(enum ticket_status status, int64_t bags)
{
    const struct judged_ticket_totals totals = { bags, 20 * bags, 20000 * bags };

    return (struct judged_ticket){ TICKET, "RTN", status, totals, totals };
}

static struct returned_bill bill_of(
    enum bill_status status, int64_t linked, int64_t returned, int64_t capacity)
{
    const struct returned_totals totals = { status, linked, returned, 20 * linked, 20000 * linked,
        30000 * linked };

    return (struct returned_bill){ BILL, capacity, "B-1", totals, totals };
}

static struct judged_bag bag_of(const char *code, int64_t id, enum bag_kind kind, int64_t bill_id)
{
    struct judged_bag bag = { .code = code, .id = id };

    bag.was.kind = kind;
    bag.was.parent_id = bag.was.area_id = NO_I64;
    bag.was.bill_id = bill_id;
    if (kind == BAG_KIND_PARENT) {
        bag.capacity = 30;
        bag.expected_g = 30000;
        bag.was.child_count = 20;
        bag.was.weight_g = 20000;
        bag.was.status = BAG_STATUS_IN_PROGRESS;
    }
    bag.is = bag.was;
    return bag;
}

/* One scan onto a ticket. */
struct return_case {
    const char *what;
    enum ticket_status ticket;
    enum bag_kind kind;
    bool here; /* the bag is on the ticket */
    bool billed;
    enum verdict verdict;
};

/* clang-format off */
/* In the order of the rules: each alone, and with a later one beside it. */
static const struct return_case cases[] = {
    { "a committed ticket", TICKET_COMMITTED, BAG_KIND_PARENT, false, true, VERDICT_TICKET_CLOSED },
    { "a cancelled ticket, before an unknown bag", TICKET_CANCELLED, BAG_KIND_NONE, false, false, VERDICT_TICKET_CLOSED },
    { "an unknown bag", TICKET_OPEN, BAG_KIND_NONE, false, false, VERDICT_NOT_FOUND },
    { "a child", TICKET_OPEN, BAG_KIND_CHILD, false, false, VERDICT_IS_CHILD },
    { "a parent that is on it", TICKET_OPEN, BAG_KIND_PARENT, true, false, VERDICT_ALREADY_HERE },
    { "on it, before that it is on a bill again", TICKET_OPEN, BAG_KIND_PARENT, true, true, VERDICT_ALREADY_HERE },
    { "a parent on no bill", TICKET_OPEN, BAG_KIND_PARENT, false, false, VERDICT_NOT_ON_A_BILL },
    { "a parent on a bill", TICKET_OPEN, BAG_KIND_PARENT, false, true, VERDICT_DONE },
};
/* clang-format on */

static void each_rule_holds_comes_before_the_next_and_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct return_case *each = &cases[i];
        const bool done = each->verdict == VERDICT_DONE;
        struct judged_bag bag = bag_of("SB00001", BAG, each->kind, each->billed ? BILL : NO_I64);
        struct judged_ticket ticket = ticket_of(each->ticket, each->here);
        struct returned_bill bill = bill_of(BILL_STATUS_PROCESSING, 2, 0, 3);
        struct ticket_place places[2] = { { TICKET, BAG } };
        struct return_judge judge = { .bags = { &bag, 1, { NULL, 0 } },
            .bills = &bill,
            .bills_count = 1,
            .tickets = &ticket,
            .tickets_count = 1,
            .places = places,
            .places_count = each->here };
        struct return_scan scan = scan_of("RTN", "SB00001"), *const one = &scan;

        return_judge_scans(&judge, &one, 1);
        if (scan.verdict != each->verdict)
            print_error("%s\n", each->what);
        assert_int_equal(scan.outcome, RETURN_JUDGED);
        assert_int_equal(scan.verdict, each->verdict);
        assert_int_equal(scan.bags, each->here + done);
        assert_int_equal(returned_bill_is_changed(&bill), done);
        assert_int_equal(judged_ticket_is_changed(&ticket), done);
        assert_int_equal(judged_bag_is_changed(&bag), done);
        assert_string_equal(scan.bill ? scan.bill : "", done ? "B-1" : "");
    }
}

static void a_ticket_that_is_not_there_judges_nothing(void **state)
{
    struct judged_bag bag = bag_of("SB00001", BAG, BAG_KIND_PARENT, BILL);
    struct return_judge judge = { .bags = { &bag, 1, { NULL, 0 } } };
    struct return_scan scan = scan_of("NONE", "SB00001"), *const one = &scan;

    (void)state;
    return_judge_scans(&judge, &one, 1);
    assert_int_equal(scan.outcome, RETURN_NO_TICKET);
    assert_false(judged_bag_is_changed(&bag));
}

/* Bags on a bill, all of which come back, the first of them twice. */
static void judge_two(struct returned_bill *bill, struct return_scan scans[3])
{
    struct judged_bag bags[] = { bag_of("SB00001", 1, BAG_KIND_PARENT, BILL),
        bag_of("SB00002", 2, BAG_KIND_PARENT, BILL) };
    struct judged_ticket ticket = ticket_of(TICKET_OPEN, 0);
    struct ticket_place places[3];
    struct return_judge judge = { .bags = { bags, 2, { NULL, 0 } },
        .bills = bill,
        .bills_count = 1,
        .tickets = &ticket,
        .tickets_count = 1,
        .places = places };
    struct return_scan *const all[] = { &scans[0], &scans[1], &scans[2] };

    scans[0] = scan_of("RTN", "SB00001");
    scans[1] = scan_of("RTN", "SB00001");
    scans[2] = scan_of("RTN", "SB00002");
    return_judge_scans(&judge, all, 3);
    assert_int_equal(ticket.is.bags, 2);
    assert_int_equal(ticket.is.children, 40);
    assert_int_equal(ticket.is.weight_g, 40000);
}

static void a_batch_is_judged_in_order_and_an_open_bill_has_room_again(void **state)
{
    struct returned_bill bill = bill_of(BILL_STATUS_PROCESSING, 2, 0, 3);
    struct return_scan scans[3];

    (void)state;
    judge_two(&bill, scans);
    assert_int_equal(scans[0].verdict, VERDICT_DONE);
    assert_int_equal(scans[1].verdict, VERDICT_ALREADY_HERE);
    assert_int_equal(scans[2].verdict, VERDICT_DONE);
    assert_int_equal(scans[0].linked, 1);
    assert_int_equal(scans[2].linked, 0);
    assert_int_equal(bill.is.status, BILL_STATUS_NEW);
    assert_int_equal(bill.is.returned, 0);
    assert_int_equal(bill.is.children, 0);
}

static void a_completed_bill_stays_completed_and_counts_what_came_back(void **state)
{
    struct returned_bill bill = bill_of(BILL_STATUS_COMPLETED, 2, 0, 2);
    struct return_scan scans[3];

    (void)state;
    judge_two(&bill, scans);
    assert_int_equal(bill.is.status, BILL_STATUS_COMPLETED);
    assert_int_equal(bill.is.linked, 0);
    assert_int_equal(bill.is.returned, 2);
    assert_true(scans[2].closed);
}

/* What keeps a bag off its bill. */
struct stay_case {
    const char *what;
    bool gone, billed, overtaken;
    bool bill_gone;
    enum bill_status status;
    int64_t linked, returned; /* of two */
    enum ticket_stay stay;
};

/* clang-format off */
static const struct stay_case stays[] = {
    { "a bag that was deleted", true, false, true, true, BILL_STATUS_PROCESSING, 1, 0, TICKET_STAY_BAG_GONE },
    { "a bag on a bill", false, true, false, false, BILL_STATUS_PROCESSING, 1, 0, TICKET_STAY_BAG_BILLED },
    { "on a bill, before that it came back again", false, true, true, false, BILL_STATUS_PROCESSING, 1, 0, TICKET_STAY_BAG_BILLED },
    { "a bag that came back again", false, false, true, false, BILL_STATUS_PROCESSING, 1, 0, TICKET_STAY_BAG_RETURNED },
    { "came back again, before a bill that is gone", false, false, true, true, BILL_STATUS_PROCESSING, 1, 0, TICKET_STAY_BAG_RETURNED },
    { "a bill that was deleted", false, false, false, true, BILL_STATUS_PROCESSING, 1, 0, TICKET_STAY_BILL_GONE },
    { "a full bill", false, false, false, false, BILL_STATUS_COMPLETED, 2, 0, TICKET_STAY_BILL_FULL },
    { "a full bill whose capacity was lowered under what came back", false, false, false, false, BILL_STATUS_COMPLETED, 2, 1, TICKET_STAY_BILL_FULL },
    { "a bill that was finished early without it", false, false, false, false, BILL_STATUS_COMPLETED, 1, 0, TICKET_STAY_BILL_COMPLETED },
    { "a completed bill that kept its place", false, false, false, false, BILL_STATUS_COMPLETED, 1, 1, TICKET_STAY_NONE },
    { "an open bill", false, false, false, false, BILL_STATUS_PROCESSING, 1, 0, TICKET_STAY_NONE },
    { "an empty bill", false, false, false, false, BILL_STATUS_NEW, 0, 0, TICKET_STAY_NONE },
};
/* clang-format on */

static void a_bag_goes_back_unless_something_keeps_it_off_its_bill(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(stays); i++) {
        const struct stay_case *each = &stays[i];
        const bool back = each->stay == TICKET_STAY_NONE;
        struct judged_bag bag =
            bag_of("SB00001", BAG, BAG_KIND_PARENT, each->billed ? BILL + 1 : NO_I64);
        struct judged_ticket ticket = ticket_of(TICKET_OPEN, 1);
        struct returned_bill bill = bill_of(each->status, each->linked, each->returned, 2);
        struct return_judge judge = {
            .bags = { &bag, 1, { NULL, 0 } }, .bills = &bill, .bills_count = !each->bill_gone
        };
        struct restored restored = { .bag_id = BAG,
            .bill_id = BILL,
            .child_count = 20,
            .weight_g = 20000,
            .qr = each->gone ? NULL : "SB00001",
            .is_latest = !each->overtaken };

        return_judge_restore(&judge, &ticket, &restored, ADA);
        if (restored.stay != each->stay)
            print_error("%s\n", each->what);
        assert_int_equal(restored.stay, each->stay);
        assert_int_equal(bill.is.linked, each->linked + back);
        assert_int_equal(bill.is.linked + bill.is.returned,
            each->linked + each->returned + (back && !each->returned));
        assert_int_equal(bag.is.bill_id == BILL, back);
        assert_int_equal(ticket.is.bags, !back);
        assert_int_equal(ticket.is.weight_g, back ? 0 : 20000);
    }
}

static void the_last_that_goes_back_completes_an_open_bill(void **state)
{
    struct judged_bag bag = bag_of("SB00001", BAG, BAG_KIND_PARENT, NO_I64);
    struct judged_ticket ticket = ticket_of(TICKET_OPEN, 1);
    struct returned_bill bill = bill_of(BILL_STATUS_PROCESSING, 1, 0, 2);
    struct return_judge judge = {
        .bags = { &bag, 1, { NULL, 0 } }, .bills = &bill, .bills_count = 1
    };
    struct restored restored = { .bag_id = BAG,
        .bill_id = BILL,
        .child_count = 20,
        .weight_g = 20000,
        .qr = "SB00001",
        .is_latest = true };

    (void)state;
    return_judge_restore(&judge, &ticket, &restored, ADA);
    assert_true(restored.closed);
    assert_int_equal(bill.is.status, BILL_STATUS_COMPLETED);
    assert_int_equal(return_judge_completed(&judge), 1);
}

static void a_scan_that_comes_again_gets_its_first_answer(void **state)
{
    struct judged_bag bag = bag_of("SB00001", BAG, BAG_KIND_PARENT, NO_I64);
    struct earlier_scan earlier = { .n = 1,
        .kind = SCAN_KIND_RETURN,
        .verdict = VERDICT_DONE,
        .user_id = ADA,
        .parent = "SB00001",
        .ticket = "RTN",
        .bill = "B-1",
        .ticket_bags = 4,
        .children = 80,
        .bag_children = 20 };
    struct return_judge judge = { .bags = { &bag, 1, { NULL, 0 } }, .earlier = { &earlier, 1 } };
    struct return_scan scan = scan_of("RTN", "SB00001"), *const one = &scan;

    (void)state;
    return_judge_scans(&judge, &one, 1);
    assert_true(scan.known);
    assert_int_equal(scan.verdict, VERDICT_DONE);
    assert_string_equal(scan.bill, "B-1");
    assert_int_equal(scan.bags, 4);
    assert_false(judged_bag_is_changed(&bag));

    scan.ticket = "OTHER";
    return_judge_scans(&judge, &one, 1);
    assert_int_equal(scan.outcome, RETURN_ID_USED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_holds_comes_before_the_next_and_changes_nothing),
        cmocka_unit_test(a_ticket_that_is_not_there_judges_nothing),
        cmocka_unit_test(a_batch_is_judged_in_order_and_an_open_bill_has_room_again),
        cmocka_unit_test(a_completed_bill_stays_completed_and_counts_what_came_back),
        cmocka_unit_test(a_bag_goes_back_unless_something_keeps_it_off_its_bill),
        cmocka_unit_test(the_last_that_goes_back_completes_an_open_bill),
        cmocka_unit_test(a_scan_that_comes_again_gets_its_first_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Return tickets against a real PostgreSQL: what comes back, what goes back, and that all figures
 * add up.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/uuid.h"
#include "bill/bill_bag.h"
#include "db/bills.h"
#include "db/db_args.h"
#include "db/harness.h"
#include "packing/packing.h"
#include "returns/store.h"
#include "stats/recount.h"
#include "test.h"

/* clang-format off */
static const struct db_query NOTES = { "t_return_notes",
    "SELECT count(*) AS n FROM audit_log WHERE org_id = $1 AND action = $2", 2, NULL };
static const struct db_query EVENTS = { "t_return_events",
    "SELECT count(*) AS n FROM scan k JOIN bill l ON l.org_id = k.org_id AND l.id = k.bill_id"
    " WHERE k.org_id = $1 AND l.code = $2 AND k.kind = $3::scan_kind AND k.ticket_id IS NOT NULL"
    "   AND (k.kind <> 'return' OR (k.figures -> 'before' ->> 'linked')::int = k.held + 1)", 3, NULL };
/* clang-format on */

static struct ticket open_ticket(struct call *asker)
{
    const struct ticket_draft draft = { "Indore", NULL };
    struct ticket ticket = { 0 };

    assert_true(DO(asker, ticket_create(asker, &draft, &ticket)));
    return ticket;
}

static struct return_scan scan_back(struct call *asker, const char *ticket, const char *qr)
{
    struct return_scan scan = { .arena = &asker->arena,
        .ticket = ticket,
        .qr = qr,
        .user_id = asker->person.id,
        .address = "",
        .request_id = "test" };

    uuid7_create(scan.id);
    return scan;
}

/* As a lane does it: a lost race is run again. */
static void judge_back(struct call *asker, struct return_scan *const *scans, size_t count)
{
    fail_clear(asker);
    while (!return_store_scans(asker, scans, count)) {
        if (asker->fault.code != FAULT_AGAIN && asker->fault.code != FAULT_CONFLICT) {
            fprintf(stderr, "%s\n", asker->fault.detail);
            abort();
        }
        fail_clear(asker);
    }
}

static struct return_scan come_back(struct call *asker, const char *ticket, const char *qr)
{
    struct return_scan scan = scan_back(asker, ticket, qr);

    judge_back(asker, (struct return_scan *[]){ &scan }, 1);
    return scan;
}

/* Every kept figure is what counting gives, those of the tickets among them. */
static void check(struct call *asker)
{
    struct list differences;

    assert_true(DO(asker, recount_differences(asker, &differences)));
    for (size_t i = 0; i < differences.count; i++)
        print_error("%s\n", ((const struct recount_difference *)differences.items)[i].figure);
    assert_int_equal(differences.count, 0);
}

/* A parent with one child on the bill. */
static const char *parent_on(const char *bill)
{
    static int children;
    const char *parent = fresh_code("SB");

    pack(&call, parent, arena_format(&call.arena, "K%04d", ++children));
    assert_int_equal(put_on(&call, bill, parent).verdict, VERDICT_LINKED);
    return parent;
}

static void a_parent_comes_off_its_bill_and_keeps_its_children(void **state)
{
    (void)state;
    const char *bill = fresh_code("RET");
    const struct ticket ticket = open_ticket(&call);
    struct bill now;
    struct ticket after;

    make_bill(&call, bill, 2);
    const char *first = parent_on(bill), *second = parent_on(bill);
    struct return_scan scan = come_back(&call, ticket.code, first);

    assert_int_equal(scan.verdict, VERDICT_DONE);
    assert_string_equal(scan.bill, bill);
    assert_int_equal(scan.bags, 1);
    assert_int_equal(scan.children, 1);
    now = bill_now(&call, bill);
    assert_int_equal(now.status, BILL_STATUS_COMPLETED);
    assert_int_equal(now.linked, 1);
    assert_int_equal(now.returned, 1);
    assert_int_equal(number(&call, &EVENTS, DB_ARGS(db_text(bill), db_text("return"))), 1);
    assert_int_equal(number(&call, &NOTES, DB_ARGS(db_text("return.add_bag"))), 1);

    assert_int_equal(come_back(&call, ticket.code, first).verdict, VERDICT_ALREADY_HERE);
    assert_int_equal(come_back(&call, ticket.code, fresh_code("SB")).verdict, VERDICT_NOT_FOUND);
    assert_int_equal(come_back(&call, "RTN-00000000-AAAA", first).outcome, RETURN_NO_TICKET);
    assert_int_equal(put_on(&call, bill, first).verdict, VERDICT_COMPLETED);

    assert_true(DO(&call, return_undo(&call, ticket.code, first, &after)));
    assert_int_equal(after.bags, 0);
    now = bill_now(&call, bill);
    assert_int_equal(now.linked, 2);
    assert_int_equal(now.returned, 0);
    assert_int_equal(number(&call, &EVENTS, DB_ARGS(db_text(bill), db_text("unreturn"))), 1);
    assert_int_equal(come_back(&call, ticket.code, second).verdict, VERDICT_DONE);
    check(&call);
}

static void the_same_scan_again_changes_nothing_and_says_the_same(void **state)
{
    (void)state;
    const char *bill = fresh_code("RET");
    const struct ticket ticket = open_ticket(&call), other = open_ticket(&call);

    make_bill(&call, bill, 3);
    const char *parent = parent_on(bill), *next = parent_on(bill);
    struct return_scan scan = scan_back(&call, ticket.code, parent), again = scan;

    judge_back(&call, (struct return_scan *[]){ &scan }, 1);
    assert_int_equal(come_back(&call, ticket.code, next).bags, 2);
    judge_back(&call, (struct return_scan *[]){ &again }, 1);
    assert_true(again.known);
    assert_int_equal(again.verdict, VERDICT_DONE);
    assert_string_equal(again.bill, bill);
    assert_int_equal(again.bags, 1);
    assert_int_equal(again.bag_children, 1);

    again.ticket = other.code;
    judge_back(&call, (struct return_scan *[]){ &again }, 1);
    assert_int_equal(again.outcome, RETURN_ID_USED);
    check(&call);
}

static void a_cancelled_ticket_gives_back_what_can_go_back_and_names_the_rest(void **state)
{
    (void)state;
    const char *bill = fresh_code("RET"), *later = fresh_code("RET");
    const struct ticket ticket = open_ticket(&call);
    struct ticket after;
    struct list bags;

    make_bill(&call, bill, 4);
    make_bill(&call, later, 1);
    const char *back = parent_on(bill), *billed = parent_on(bill), *stays = parent_on(bill);

    come_back(&call, ticket.code, back);
    come_back(&call, ticket.code, billed);
    come_back(&call, ticket.code, stays);
    assert_int_equal(put_on(&call, later, billed).verdict, VERDICT_LINKED);
    assert_int_equal(put_on(&call, bill, fresh_code("SB")).verdict, VERDICT_LINKED);
    assert_int_equal(put_on(&call, bill, fresh_code("SB")).verdict, VERDICT_LINKED);
    assert_int_equal(put_on(&call, bill, fresh_code("SB")).verdict, VERDICT_LINKED);

    assert_true(DO(&call, return_cancel(&call, ticket.code, &after, &bags)));
    assert_int_equal(bags.count, 3);
    const struct restored *restored = bags.items;
    assert_int_equal(restored[0].stay, TICKET_STAY_NONE);
    assert_int_equal(restored[1].stay, TICKET_STAY_BAG_BILLED);
    assert_int_equal(restored[2].stay, TICKET_STAY_BILL_FULL);
    assert_int_equal(after.status, TICKET_CANCELLED);
    assert_int_equal(after.bags, 2);
    assert_int_equal(bill_now(&call, bill).status, BILL_STATUS_COMPLETED);

    assert_int_equal(come_back(&call, ticket.code, back).verdict, VERDICT_TICKET_CLOSED);
    assert_false(DO(&call, return_undo(&call, ticket.code, back, &after)));
    assert_int_equal(call.fault.code, FAULT_REFUSED);
    check(&call);
}

static void a_committed_ticket_stays_as_it_is(void **state)
{
    (void)state;
    const char *bill = fresh_code("RET");
    const struct ticket ticket = open_ticket(&call);
    const struct ticket_draft edit = { "Bhopal", "two sacks are wet" };
    struct ticket after;
    struct list bags;

    make_bill(&call, bill, 2);
    assert_false(DO(&call, ticket_commit(&call, ticket.code, &after)));
    assert_int_equal(call.fault.code, FAULT_REFUSED);

    assert_true(DO(&call, ticket_update(&call, ticket.code, &edit, &after)));
    assert_string_equal(after.location, "Bhopal");
    come_back(&call, ticket.code, parent_on(bill));
    assert_true(DO(&call, ticket_commit(&call, ticket.code, &after)));
    assert_int_equal(after.status, TICKET_COMMITTED);
    assert_non_null(after.closed_at);
    assert_false(DO(&call, ticket_update(&call, ticket.code, &edit, &after)));
    assert_false(DO(&call, return_cancel(&call, ticket.code, &after, &bags)));
    assert_int_equal(bill_now(&call, bill).status, BILL_STATUS_NEW);
    check(&call);
}

static void a_bag_that_was_deleted_or_whose_bill_was_stays_on_its_ticket(void **state)
{
    (void)state;
    const char *bill = fresh_code("RET"), *doomed = fresh_code("RET"), *empty = fresh_code("SB");
    const struct ticket ticket = open_ticket(&call);
    struct ticket after;
    struct list bags;
    int64_t freed;

    make_bill(&call, bill, 2);
    make_bill(&call, doomed, 2);
    assert_int_equal(put_on(&call, bill, empty).verdict, VERDICT_LINKED);
    const char *parent = parent_on(doomed);

    come_back(&call, ticket.code, empty);
    come_back(&call, ticket.code, parent);
    assert_true(DO(&call, packing_delete(&call, empty)));
    assert_true(DO(&call, bill_delete(&call, doomed, &freed)));

    assert_false(DO(&call, return_undo(&call, ticket.code, parent, &after)));
    assert_int_equal(call.fault.code, FAULT_REFUSED);
    assert_true(DO(&call, return_cancel(&call, ticket.code, &after, &bags)));
    const struct restored *restored = bags.items;
    assert_int_equal(restored[0].stay, TICKET_STAY_BAG_GONE);
    assert_int_equal(restored[1].stay, TICKET_STAY_BILL_GONE);
    check(&call);
}

/* Two billers at once: one takes parents back, the other puts them on the bill again. */
#define CROWD_ROUNDS 150
#define CROWD_PARENTS 6

struct crowd {
    struct call call;
    const char *const *parents;
    const char *bill, *ticket;
    unsigned dice;
    int failed;
};

static unsigned roll(struct crowd *crowd)
{
    crowd->dice = crowd->dice * 1103515245u + 12345u;
    return crowd->dice >> 16;
}

static void *storm(void *closure)
{
    struct crowd *crowd = closure;
    struct call *asker = &crowd->call;

    for (int i = 0; i < CROWD_ROUNDS; i++) {
        const char *parent = crowd->parents[roll(crowd) % CROWD_PARENTS];
        struct return_scan scan = scan_back(asker, crowd->ticket, parent);
        struct bill_scan put = scan_of(asker, crowd->bill, parent, false);
        struct ticket ticket;

        if (roll(crowd) % 3 == 0)
            judge(asker, (struct bill_scan *[]){ &put }, 1);
        else if (roll(crowd) % 2)
            judge_back(asker, (struct return_scan *[]){ &scan }, 1);
        else if (!DO(asker, return_undo(asker, crowd->ticket, parent, &ticket))
            && asker->fault.code != FAULT_NOT_FOUND && asker->fault.code != FAULT_REFUSED
            && asker->fault.code != FAULT_AGAIN)
            crowd->failed++;
    }
    return NULL;
}

static void a_storm_of_returns_and_their_undoing_leaves_all_figures_right(void **state)
{
    (void)state;
    const char *bill = fresh_code("RET"), *parents[CROWD_PARENTS];
    const struct ticket ticket = open_ticket(&call);
    struct crowd crowds[3];
    pthread_t threads[3];

    make_bill(&call, bill, CROWD_PARENTS);
    for (int i = 0; i < CROWD_PARENTS; i++)
        parents[i] = parent_on(bill);

    for (unsigned i = 0; i < 3; i++) {
        struct db *session = db_open(harness_database(), "storm");

        crowds[i] = (struct crowd){ call_for(ORG, session), parents, bill, ticket.code, i + 1, 0 };
        assert_int_equal(pthread_create(&threads[i], NULL, storm, &crowds[i]), 0);
    }
    for (unsigned i = 0; i < 3; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(crowds[i].failed, 0);
        db_close(crowds[i].call.db);
        arena_free(&crowds[i].call.arena);
    }
    check(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parent_comes_off_its_bill_and_keeps_its_children),
        cmocka_unit_test(the_same_scan_again_changes_nothing_and_says_the_same),
        cmocka_unit_test(a_cancelled_ticket_gives_back_what_can_go_back_and_names_the_rest),
        cmocka_unit_test(a_committed_ticket_stays_as_it_is),
        cmocka_unit_test(a_bag_that_was_deleted_or_whose_bill_was_stays_on_its_ticket),
        cmocka_unit_test(a_storm_of_returns_and_their_undoing_leaves_all_figures_right),
    };

    return cmocka_run_group_tests(tests, bills_setup, bills_teardown);
}

/*
 * Bills and their lists, against a real PostgreSQL.
 */
#include "bill/bill.h"
#include "db/db_args.h"

#include "base/text.h"
#include "bill/bill_bag.h"
#include "db/bills.h"
#include "db/lists.h"
#include "list/listing_page.h"
#include "test.h"

/* clang-format off */
static const struct db_query SCANS = { "t_scans",
    "SELECT count(*) AS n FROM scan WHERE org_id = $1 AND kind = $2::scan_kind", 2, NULL };
static const struct db_query NOTES = { "t_notes",
    "SELECT count(*) AS n FROM audit_log WHERE org_id = $1 AND action = $2", 2, NULL };
static const struct db_query ON_BILL = { "t_on_bill",
    "SELECT count(*) AS n FROM bag WHERE org_id = $1 AND code = $2 AND bill_id IS NOT NULL", 2, NULL };
static const struct db_query COME_BACK = { "t_come_back",
    "WITH gone AS (UPDATE bag SET bill_id = NULL WHERE org_id = $1 AND code = $2 RETURNING expected_g)"
    " UPDATE bill l SET linked = linked - 1, returned = returned + 1, expected_g = l.expected_g - g.expected_g"
    "  FROM gone g WHERE l.org_id = $1 AND l.code = $3", 3, NULL };
/* clang-format on */

static void a_bill_begins_empty(void **state)
{
    (void)state;
    const struct bill_draft draft = {
        .code = " bill\t7\xe2\x80\x8b ", .description = "Rice", .capacity = 4
    };
    struct bill bill;

    assert_true(DO(&call, bill_create(&call, &draft, &bill)));
    assert_string_equal(bill.code, "BILL 7");
    assert_string_equal(bill.description, "Rice");
    assert_int_equal(bill.status, BILL_STATUS_NEW);
    assert_string_equal(bill.created_by, "bina");
    assert_int_equal(bill.capacity, 4);
    assert_int_equal(bill.remaining, 4);
    assert_int_equal(bill.percent, 0);
    assert_null(bill.short_reason);
    assert_int_equal(number(&call, &NOTES, DB_ARGS(db_text("bill.create"))), 1);

    assert_false(DO(&call, bill_create(&call, &draft, &bill)));
    assert_int_equal(call.fault.code, FAULT_CONFLICT);
    assert_string_equal(call.fault.words.english, "There is a bill BILL 7 already.");
    check_figures(&call);
}

static void a_code_is_one_whatever_its_case_and_composition(void **state)
{
    static const char *const same[] = { "Entrep\u00f4t-7", "ENTREP\u00d4T-7", "entrepo\u0302t-7",
        "\uff25ntrep\u00f4t-\uff17" };
    struct bill bill;

    (void)state;
    make_bill(&call, same[0], 4);
    for (size_t i = 0; i < COUNT_OF(same); i++) {
        assert_false(DO(&call,
            bill_create(&call, &(struct bill_draft){ .code = same[i], .capacity = 4 }, &bill)));
        assert_int_equal(call.fault.code, FAULT_CONFLICT);
        assert_true(bill_find(&call, bill_code_clean(&call, same[i]), &bill));
        assert_string_equal(bill.code, "ENTREP\u00d4T-7");
    }
}

static size_t faults(struct call *asker, struct bill_draft draft)
{
    struct bill bill;
    size_t count = 0;

    assert_false(DO(asker, bill_create(asker, &draft, &bill)));
    assert_int_equal(asker->fault.code, FAULT_BAD_FIELDS);
    for (const struct field_error *error = asker->fault.fields; error; error = error->next)
        count++;
    return count;
}

static void every_wrong_field_of_a_draft_is_named(void **state)
{
    (void)state;
    const char *const long_code = "0123456789012345678901234567890123456789012345678901";
    char long_words[2002];

    memset(long_words, 'x', sizeof long_words - 1);
    long_words[sizeof long_words - 1] = '\0';

    assert_int_equal(faults(&call, (struct bill_draft){ .code = "AB", .capacity = 1 }), 1);
    assert_int_equal(faults(&call, (struct bill_draft){ .code = long_code, .capacity = 1 }), 1);
    assert_int_equal(faults(&call, (struct bill_draft){ .code = "ABC", .capacity = 501 }), 1);
    assert_int_equal(faults(&call, (struct bill_draft){ "  ", long_words, 0 }), 3);
    fail_clear(&call);

    /* What counts is characters, not bytes. */
    const char *const letters = "\xe0\xa4\x95\xe0\xa4\x96\xe0\xa4\x97";

    assert_string_equal(make_bill(&call, letters, 1).code, letters);
}

static void capacity_never_goes_below_what_is_linked(void **state)
{
    (void)state;
    const char *code = fresh_code("CAPACITY");
    struct bill bill = make_bill(&call, code, 5);

    for (int i = 0; i < 3; i++)
        put_on(&call, code, fresh_code("SB"));

    assert_false(DO(&call, bill_update(&call, code, &(struct bill_edit){ .capacity = 2 }, &bill)));
    assert_int_equal(call.fault.code, FAULT_BAD_FIELDS);
    assert_string_equal(call.fault.fields->field, "capacity");

    assert_true(DO(&call, bill_update(&call, code, &(struct bill_edit){ .capacity = 4 }, &bill)));
    assert_int_equal(bill.status, BILL_STATUS_PROCESSING);
    assert_true(DO(&call, bill_update(&call, code, &(struct bill_edit){ .capacity = 3 }, &bill)));
    assert_int_equal(bill.status, BILL_STATUS_COMPLETED);
    assert_null(bill.short_reason);
    assert_true(DO(&call,
        bill_update(
            &call, code, &(struct bill_edit){ .capacity = 6, .description = "more" }, &bill)));
    assert_int_equal(bill.status, BILL_STATUS_PROCESSING);
    assert_string_equal(bill.description, "more");

    const int64_t notes = number(&call, &NOTES, DB_ARGS(db_text("bill.edit")));

    assert_true(
        DO(&call, bill_update(&call, code, &(struct bill_edit){ .capacity = NO_I64 }, &bill)));
    assert_int_equal(bill.capacity, 6);
    assert_int_equal(number(&call, &NOTES, DB_ARGS(db_text("bill.edit"))), notes);
    check_figures(&call);
}

static void finishing_short_needs_a_bag_and_a_reason(void **state)
{
    (void)state;
    const char *code = fresh_code("SHORT");
    struct bill bill = make_bill(&call, code, 5);

    assert_false(DO(&call, bill_finish(&call, code, "why", &bill)));
    assert_int_equal(call.fault.code, FAULT_REFUSED);

    put_on(&call, code, fresh_code("SB"));
    assert_false(DO(&call, bill_finish(&call, code, " ", &bill)));
    assert_int_equal(call.fault.code, FAULT_BAD_FIELDS);
    assert_true(DO(&call, bill_finish(&call, code, "the truck is full", &bill)));
    assert_int_equal(bill.status, BILL_STATUS_COMPLETED);
    assert_string_equal(bill.short_reason, "the truck is full");
    assert_false(DO(&call, bill_finish(&call, code, "again", &bill)));
    assert_int_equal(call.fault.code, FAULT_REFUSED);

    assert_false(DO(&call, bill_reopen(&call, code, NULL, &bill)));
    assert_true(DO(&call, bill_reopen(&call, code, "another truck", &bill)));
    assert_int_equal(bill.status, BILL_STATUS_PROCESSING);
    assert_null(bill.short_reason);
    assert_false(DO(&call, bill_reopen(&call, code, "another truck", &bill)));
    assert_int_equal(call.fault.code, FAULT_REFUSED);
    check_figures(&call);
}

static void lowering_a_short_bill_keeps_it_completed(void **state)
{
    (void)state;
    const char *code = fresh_code("LOWER");
    struct bill bill = make_bill(&call, code, 5);

    put_on(&call, code, fresh_code("SB"));
    assert_true(DO(&call, bill_finish(&call, code, "enough", &bill)));
    assert_true(DO(&call, bill_update(&call, code, &(struct bill_edit){ .capacity = 3 }, &bill)));
    assert_int_equal(bill.status, BILL_STATUS_COMPLETED);
    assert_string_equal(bill.short_reason, "enough");
    assert_true(DO(&call, bill_update(&call, code, &(struct bill_edit){ .capacity = 1 }, &bill)));
    assert_null(bill.short_reason);
    assert_true(DO(&call, bill_update(&call, code, &(struct bill_edit){ .capacity = 2 }, &bill)));
    assert_int_equal(bill.status, BILL_STATUS_PROCESSING);
    check_figures(&call);
}

static void a_full_bill_is_reopened_by_taking_a_bag_off(void **state)
{
    (void)state;
    const char *code = fresh_code("FULL"), *qr = fresh_code("SB");
    struct bill bill = make_bill(&call, code, 1);

    pack(&call, qr, "C930");
    put_on(&call, code, qr);
    assert_false(DO(&call, bill_reopen(&call, code, "a mistake", &bill)));
    assert_int_equal(call.fault.code, FAULT_REFUSED);

    assert_true(DO(&call, bill_bag_remove(&call, code, qr, &bill)));
    assert_int_equal(bill.status, BILL_STATUS_NEW);
    assert_int_equal(bill.linked + bill.children + bill.weight_kg + bill.expected_weight_kg, 0);
    assert_int_equal(number(&call, &ON_BILL, DB_ARGS(db_text(qr))), 0);

    assert_false(DO(&call, bill_bag_remove(&call, code, qr, &bill)));
    assert_int_equal(call.fault.code, FAULT_NOT_FOUND);
    assert_string_equal(
        call.fault.words.english, arena_format(&call.arena, "%s is not on bill %s.", qr, code));
    assert_int_equal(put_on(&call, code, qr).verdict, VERDICT_LINKED);
    check_figures(&call);
}

static void what_came_back_does_not_make_a_bill_short(void **state)
{
    (void)state;
    const char *code = fresh_code("BACK"), *qr = fresh_code("SB");
    struct bill bill = make_bill(&call, code, 2);

    put_on(&call, code, qr);
    put_on(&call, code, fresh_code("SB"));
    assert_true(db_run_args(&call, &COME_BACK, DB_ARGS(db_text(qr), db_text(code)), NULL));
    assert_int_equal(put_on(&call, code, qr).verdict, VERDICT_COMPLETED);

    assert_true(DO(&call, bill_reopen(&call, code, "send another", &bill)));
    assert_int_equal(bill.returned, 0);
    assert_int_equal(put_on(&call, code, qr).verdict, VERDICT_LINKED);
    check_figures(&call);
}

static void deleting_a_bill_frees_its_bags(void **state)
{
    (void)state;
    const char *code = fresh_code("GONE"), *qr = fresh_code("SB");
    const int64_t unbilled = number(&call, &SCANS, DB_ARGS(db_text("unbill")));
    struct bill bill = make_bill(&call, code, 2);
    int64_t freed = 0;

    put_on(&call, code, qr);
    put_on(&call, code, fresh_code("SB"));
    assert_true(DO(&call, bill_delete(&call, code, &freed)));
    assert_int_equal(freed, 2);
    assert_false(bill_find(&call, code, &bill));
    assert_int_equal(call.fault.code, FAULT_NOT_FOUND);
    assert_int_equal(number(&call, &ON_BILL, DB_ARGS(db_text(qr))), 0);
    assert_int_equal(number(&call, &SCANS, DB_ARGS(db_text("unbill"))), unbilled + 2);

    assert_false(DO(&call, bill_delete(&call, code, &freed)));
    assert_int_equal(call.fault.code, FAULT_NOT_FOUND);
    assert_int_equal(make_bill(&call, code, 1).linked, 0);
    check_figures(&call);
}

static void bills_are_listed_page_by_page(void **state)
{
    (void)state;
    struct call otto = call_for(OTHER_ORG, db);
    size_t pages;

    for (int i = 0; i < 7; i++)
        make_bill(&otto, arena_format(&otto.arena, "LIST-%d", i), 1 + i % 2);
    put_on(&otto, "LIST-0", "SB70000");
    put_on(&otto, "LIST-1", "SB70001");

    static const struct {
        const char *query;
        size_t count;
    } cases[] = {
        { "status=new", 5 },
        { "status=completed", 1 },
        { "q=t-3", 1 },
        { "user=OTTO", 7 },
        { "user=bina", 0 },
        { "to=2020-02-29", 0 },
        { "from=2020-02-29&to=2099-12-31", 7 },
        { "from=2020-02-29T10:00:00Z&status=new", 5 },
    };

    assert_int_equal(list_count(&otto, &bill_listing, "", 3, &pages), 7);
    assert_int_equal(pages, 3);
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(
            list_count(&otto, &bill_listing, cases[i].query, 9, &pages), cases[i].count);

    static const char *const cursors[] = { "1.x", "12", "99999999999999999999.1", "1.2.3", "-1.2" };
    struct listing_page page;

    for (size_t i = 0; i < COUNT_OF(cursors); i++)
        assert_false(list_ask(&otto, &bill_listing, "", cursors[i], 9, &page));
    arena_free(&otto.arena);
}

static void the_bag_linked_last_is_listed_first(void **state)
{
    (void)state;
    const char *code = fresh_code("BAGS");
    const char *const qrs[] = { fresh_code("SB"), fresh_code("M444-"), fresh_code("SB") };
    const char *query = arena_format(&call.arena, "code=%s", code);
    struct listing_page page;

    make_bill(&call, code, 5);
    for (int i = 0; i < 3; i++)
        put_on(&call, code, qrs[i]);
    /* Packing touches the bag, yet it was linked when it was. */
    pack(&call, qrs[0], "C940");

    assert_true(list_ask(&call, &bill_bags_listing, query, NULL, 2, &page));

    const struct bill_bag *bag = page.rows.items;

    assert_int_equal(page.rows.count, 2);
    assert_string_equal(bag[0].qr, qrs[2]);
    assert_string_equal(bag[1].qr, qrs[1]);
    assert_string_equal(bag[1].family, "moong");
    assert_string_equal(bag[1].linked_by, "bina");

    assert_true(list_ask(&call, &bill_bags_listing, query, page.next, 2, &page));
    bag = page.rows.items;
    assert_int_equal(page.rows.count, 1);
    assert_null(page.next);
    assert_string_equal(bag[0].qr, qrs[0]);
    assert_int_equal(bag[0].child_count, 1);
    assert_int_equal(bag[0].weight_kg, 1000);
    assert_int_equal(bag[0].status, BAG_STATUS_IN_PROGRESS);
}

static void a_bill_tells_its_history(void **state)
{
    (void)state;
    static const char *const actions[] = { "bill.reopen", "bill.finish", "bill.remove_bag",
        "bill.refuse", "bill.add_bag", "bill.add_bag", "bill.create" };
    const char *code = fresh_code("EVENTS"), *qr = fresh_code("SB");
    const char *query = arena_format(&call.arena, "code=%s", code);
    struct listing_page page = { .next = NULL };
    struct bill bill = make_bill(&call, code, 5);
    size_t seen = 0;

    put_on(&call, code, qr);
    put_on(&call, code, fresh_code("SB"));
    put_on(&call, code, "NO BAG");
    assert_true(DO(&call, bill_bag_remove(&call, code, qr, &bill)));
    assert_true(DO(&call, bill_finish(&call, code, "enough", &bill)));
    assert_true(DO(&call, bill_reopen(&call, code, "not yet", &bill)));

    do {
        assert_true(list_ask(&call, &bill_events_listing, query, page.next, 2, &page));
        for (size_t i = 0; i < page.rows.count; i++, seen++) {
            const struct bill_event *event = (const struct bill_event *)page.rows.items + i;

            assert_true(seen < COUNT_OF(actions));
            assert_string_equal(event->action, actions[seen]);
            assert_string_equal(event->user, "bina");
            assert_non_null(event->after);
            if (seen == 0)
                assert_string_equal(event->reason, "not yet");
            if (seen == 2)
                assert_string_equal(event->bag, qr);
            if (seen == 3)
                assert_string_equal(event->bag, "NO BAG");
        }
    } while (page.next);
    assert_int_equal(seen, COUNT_OF(actions));

    assert_false(list_ask(&call, &bill_events_listing, query, "123.1.zz", 2, &page));
    assert_int_equal(call.fault.code, FAULT_BAD_FIELDS);
}

static void organisations_do_not_see_each_other(void **state)
{
    (void)state;
    struct call otto = call_for(OTHER_ORG, db);
    const char *code = fresh_code("OURS"), *qr = fresh_code("SB");
    struct bill bill;
    int64_t freed;

    make_bill(&call, code, 2);
    assert_int_equal(put_on(&call, code, qr).verdict, VERDICT_LINKED);
    assert_int_equal(put_on(&otto, code, qr).outcome, BILL_SCAN_NO_BILL);
    assert_false(bill_find(&otto, code, &bill));
    assert_false(DO(&otto, bill_delete(&otto, code, &freed)));
    assert_false(DO(&otto, bill_bag_remove(&otto, code, qr, &bill)));

    make_bill(&otto, code, 2);

    struct bill_scan scan = scan_of(&otto, code, qr, false);

    judge(&otto, (struct bill_scan *[]){ &scan }, 1);
    assert_int_equal(scan.verdict, VERDICT_NOT_FOUND);
    assert_int_equal(put_on(&otto, code, qr).verdict, VERDICT_LINKED);
    assert_true(DO(&otto, bill_delete(&otto, code, &freed)));
    assert_int_equal(bill_now(&call, code).linked, 1);
    check_figures(&call);
    check_figures(&otto);
    arena_free(&otto.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bill_begins_empty),
        cmocka_unit_test(a_code_is_one_whatever_its_case_and_composition),
        cmocka_unit_test(every_wrong_field_of_a_draft_is_named),
        cmocka_unit_test(capacity_never_goes_below_what_is_linked),
        cmocka_unit_test(finishing_short_needs_a_bag_and_a_reason),
        cmocka_unit_test(lowering_a_short_bill_keeps_it_completed),
        cmocka_unit_test(a_full_bill_is_reopened_by_taking_a_bag_off),
        cmocka_unit_test(what_came_back_does_not_make_a_bill_short),
        cmocka_unit_test(deleting_a_bill_frees_its_bags),
        cmocka_unit_test(bills_are_listed_page_by_page),
        cmocka_unit_test(the_bag_linked_last_is_listed_first),
        cmocka_unit_test(a_bill_tells_its_history),
        cmocka_unit_test(organisations_do_not_see_each_other),
    };

    return cmocka_run_group_tests(tests, bills_setup, bills_teardown);
}

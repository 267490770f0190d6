/*
 * Parents scanned onto bills, one by one, in batches and in a crowd, against a real PostgreSQL.
 */

#include <assert.h>
#include <pthread.h>
#include <time.h>

#include "bill/bill_bag.h"
#include "db/bills.h"
#include "db/db_args.h"
#include "db/harness.h"
#include "packing/store.h"
#include "test.h"

#define ROUNDS 200

/* clang-format off */
static const struct db_query SCANS = { "t_scans",
    "SELECT count(*) AS n FROM scan WHERE org_id = $1 AND kind = $2::scan_kind", 2, NULL };
static const struct db_query COMPLETIONS = { "t_completions",
    "SELECT COALESCE(sum(bills_completed), 0) AS n FROM counter_hour WHERE org_id = $1", 1, NULL };
/* clang-format on */

static void every_verdict_is_given(void **state)
{
    (void)state;
    const char *a = fresh_code("VERDICT-A"), *b = fresh_code("VERDICT-B");
    const char *first = fresh_code("SB"), *second = fresh_code("SB"), *third = fresh_code("SB");
    struct bill bill;

    make_bill(&call, a, 2);
    make_bill(&call, b, 2);

    struct bill_scan scan = scan_of(&call, a, first, false);

    judge(&call, (struct bill_scan *[]){ &scan }, 1);
    assert_int_equal(scan.verdict, VERDICT_NOT_FOUND);
    assert_int_equal(scan.bag_capacity, NO_I64);

    pack(&call, first, "C900");
    scan = scan_of(&call, a, first, false);
    judge(&call, (struct bill_scan *[]){ &scan }, 1);
    assert_string_equal(public_message(&scan),
        arena_format(&call.arena,
            "{\"verdict\":\"linked\",\"where\":\"\","
            "\"bag\":{\"qr\":\"%s\",\"child_count\":1,\"capacity\":30,\"weight_kg\":1},"
            "\"bill\":{\"code\":\"%s\",\"status\":\"processing\",\"capacity\":2,\"linked\":1,"
            "\"remaining\":1,\"percent\":50,\"children\":1,\"weight_kg\":1,"
            "\"expected_weight_kg\":30,\"difference_kg\":-29}}",
            first, a));

    assert_int_equal(put_on(&call, a, first).verdict, VERDICT_ALREADY_HERE);
    scan = put_on(&call, b, first);
    assert_int_equal(scan.verdict, VERDICT_ELSEWHERE);
    assert_string_equal(scan.where, a);
    assert_int_equal(scan.linked, 0);

    assert_int_equal(put_on(&call, a, "C900").verdict, VERDICT_IS_CHILD);
    assert_int_equal(put_on(&call, a, "C901").verdict, VERDICT_BAD_CODE);
    assert_int_equal(put_on(&call, a, "NO SUCH").verdict, VERDICT_BAD_CODE);
    assert_int_equal(put_on(&call, "NO SUCH BILL", first).outcome, BILL_SCAN_NO_BILL);

    assert_int_equal(put_on(&call, b, second).verdict, VERDICT_LINKED);
    assert_true(DO(&call, bill_finish(&call, b, "enough", &bill)));
    assert_int_equal(put_on(&call, b, third).verdict, VERDICT_COMPLETED);
    assert_true(put_on(&call, a, third).closed);
    assert_int_equal(put_on(&call, a, fresh_code("SB")).verdict, VERDICT_FULL);
    check_figures(&call);
}

static void what_a_refusal_would_have_made_is_not_made(void **state)
{
    (void)state;
    const char *code = fresh_code("REFUSED"), *qr = fresh_code("SB");
    struct bill_scan scan;

    make_bill(&call, code, 1);
    put_on(&call, code, fresh_code("SB"));
    assert_int_equal(put_on(&call, code, qr).verdict, VERDICT_FULL);

    scan = scan_of(&call, code, qr, false);
    judge(&call, (struct bill_scan *[]){ &scan }, 1);
    assert_int_equal(scan.verdict, VERDICT_NOT_FOUND);
    check_figures(&call);
}

static void a_batch_takes_the_last_places_in_order(void **state)
{
    (void)state;
    const char *code = fresh_code("BATCH"), *other = fresh_code("BATCH");
    const int64_t done = number(&call, &COMPLETIONS, DB_NO_ARGS);
    struct bill_scan scans[6], *pointers[6];

    make_bill(&call, code, 3);
    make_bill(&call, other, 3);
    for (size_t i = 0; i < 6; i++) {
        scans[i] = scan_of(&call, i == 1 ? other : code, fresh_code("M444-"), true);
        pointers[i] = &scans[i];
    }
    scans[3].qr = "NO BAG";
    judge(&call, pointers, 6);

    static const enum verdict verdicts[] = { VERDICT_LINKED, VERDICT_LINKED, VERDICT_LINKED,
        VERDICT_BAD_CODE, VERDICT_LINKED, VERDICT_FULL };
    static const int64_t linked[] = { 1, 1, 2, 2, 3, 3 }, expected[] = { 15, 15, 30, 30, 45, 45 };

    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(scans[i].verdict, verdicts[i]);
        assert_int_equal(scans[i].linked, linked[i]);
        assert_int_equal(scans[i].expected_weight_kg, expected[i] * 1000);
        assert_int_equal(scans[i].closed, i >= 4);
    }

    const struct bill bill = bill_now(&call, code);

    assert_int_equal(bill.status, BILL_STATUS_COMPLETED);
    assert_int_equal(bill.percent, 100);
    assert_null(bill.short_reason);
    assert_int_equal(bill_now(&call, other).status, BILL_STATUS_PROCESSING);
    assert_int_equal(number(&call, &COMPLETIONS, DB_NO_ARGS), done + 1);
    check_figures(&call);
}

static void the_same_id_gets_the_same_answer(void **state)
{
    (void)state;
    const char *code = fresh_code("AGAIN"), *other = fresh_code("AGAIN");
    const char *first = fresh_code("SB"), *there = fresh_code("SB");
    struct bill_scan scans[6], *pointers[6];
    const char *before[6];

    make_bill(&call, code, 2);
    make_bill(&call, other, 2);
    pack(&call, first, "C910");
    put_on(&call, other, there);

    const char *const codes[] = { first, there, "C910", "NO BAG", fresh_code("SB"),
        fresh_code("SB") };

    for (size_t i = 0; i < 6; i++) {
        scans[i] = scan_of(&call, code, codes[i], i != 4);
        pointers[i] = &scans[i];
    }
    judge(&call, pointers, 6);
    for (size_t i = 0; i < 6; i++)
        before[i] = public_message(&scans[i]);

    /* The world moves on: what was not known is, a bag fills, another one leaves, the bill closes.
     */
    struct bill bill;
    const int64_t rows = number(&call, &SCANS, DB_ARGS(db_text("bill")));

    pack(&call, first, "C911");
    assert_true(DO(&call, bill_bag_remove(&call, other, there, &bill)));
    assert_true(DO(&call, bill_bag_remove(&call, code, first, &bill)));
    pack(&call, codes[4], "C912");

    for (size_t i = 0; i < 6; i++) {
        struct bill_scan again = scans[i];

        again.verdict = VERDICT_DONE;
        judge(&call, (struct bill_scan *[]){ &again }, 1);
        assert_string_equal(public_message(&again), before[i]);
    }
    judge(&call, pointers, 6);
    assert_string_equal(public_message(&scans[5]), before[5]);
    assert_int_equal(number(&call, &SCANS, DB_ARGS(db_text("bill"))), rows);
    check_figures(&call);
}

static void the_id_of_another_kind_of_scan_is_refused(void **state)
{
    (void)state;
    const char *code = fresh_code("USED");
    struct packing_scan link = { .parent = fresh_code("SB"), .child = "C920", .at_us = NO_I64 };
    struct bill_scan scan = scan_of(&call, code, fresh_code("SB"), true);

    make_bill(&call, code, 2);
    link.user_id = call.person.id;
    memcpy(link.id, scan.id, sizeof link.id);
    assert_true(packing_store_scans(&call, (struct packing_scan *[]){ &link }, 1));
    judge(&call, (struct bill_scan *[]){ &scan }, 1);
    assert_int_equal(scan.outcome, BILL_SCAN_ID_USED);
    assert_int_equal(bill_now(&call, code).linked, 0);
}

/* Two servers, each with a session of its own. */
struct rival {
    struct call call;
    pthread_t thread;
    pthread_barrier_t *start;
    int number;
    int won[ROUNDS];
};

static void rivals_run(struct rival rivals[2], void *(*run)(void *))
{
    pthread_barrier_t start;

    pthread_barrier_init(&start, NULL, 2);
    for (int i = 0; i < 2; i++) {
        rivals[i].call = call_for(ORG, db_open(harness_database(), "rival"));
        rivals[i].number = i;
        rivals[i].start = &start;
        assert_int_equal(pthread_create(&rivals[i].thread, NULL, run, &rivals[i]), 0);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(rivals[i].thread, NULL);
        db_close(rivals[i].call.db);
        arena_free(&rivals[i].call.arena);
    }
    pthread_barrier_destroy(&start);
}

static const char *round_code(struct arena *arena, const char *what, int round)
{
    return arena_format(arena, "%s-%d", what, round);
}

/* Odd rounds: the bags are there already; even ones: both are made. */
static void *fight(void *argument)
{
    struct rival *rival = argument;
    struct call *asker = &rival->call;

    for (int round = 0; round < ROUNDS; round++) {
        const char *bill = round_code(&asker->arena, "FIGHT", round);
        const char *qr =
            arena_format(&asker->arena, "P%d-%d", 7000 + round, 10 * (rival->number + 1));

        if (round % 2)
            pack(asker, qr, arena_format(&asker->arena, "F%d%d", rival->number, 1000 + round));
        pthread_barrier_wait(rival->start);
        rival->won[round] = put_on(asker, bill, qr).verdict == VERDICT_LINKED;
        arena_end(&asker->arena);
    }
    return NULL;
}

static void the_last_place_has_one_winner(void **state)
{
    (void)state;
    static struct rival rivals[2];

    for (int round = 0; round < ROUNDS; round++) {
        const char *code = round_code(&call.arena, "FIGHT", round);

        make_bill(&call, code, 2);
        assert_int_equal(put_on(&call, code, fresh_code("SB")).verdict, VERDICT_LINKED);
    }
    rivals_run(rivals, fight);

    for (int round = 0; round < ROUNDS; round++) {
        const struct bill bill = bill_now(&call, round_code(&call.arena, "FIGHT", round));

        assert_int_equal(rivals[0].won[round] + rivals[1].won[round], 1);
        assert_int_equal(bill.linked, 2);
        assert_int_equal(bill.status, BILL_STATUS_COMPLETED);
    }
    check_figures(&call);
}

/* Each wants the same new bag on a bill of its own. */
static void *grab(void *argument)
{
    struct rival *rival = argument;
    struct call *asker = &rival->call;
    const char *bill = rival->number ? "GRAB-B" : "GRAB-A";

    for (int round = 0; round < ROUNDS; round++) {
        const char *qr = arena_format(&asker->arena, "P%d-30", 8000 + round);

        pthread_barrier_wait(rival->start);

        const struct bill_scan scan = put_on(asker, bill, qr);

        rival->won[round] = scan.verdict == VERDICT_LINKED;
        assert(rival->won[round] || strncmp(scan.where, "GRAB-", 5) == 0);
        arena_end(&asker->arena);
    }
    return NULL;
}

static void a_bag_goes_onto_one_of_two_bills(void **state)
{
    (void)state;
    static struct rival rivals[2];

    make_bill(&call, "GRAB-A", 500);
    make_bill(&call, "GRAB-B", 500);
    rivals_run(rivals, grab);

    for (int round = 0; round < ROUNDS; round++)
        assert_int_equal(rivals[0].won[round] + rivals[1].won[round], 1);
    check_figures(&call);
}

/* A worker's transaction, run once more when the race is lost. */
#define DO_IN_TIME(asker, step) while (!DO(asker, step) && (asker)->fault.code == FAULT_AGAIN)

/* One makes, fills and deletes bills; the other packs the same bags and takes them off. */
static void *meddle(void *argument)
{
    struct rival *rival = argument;
    struct call *asker = &rival->call;

    for (int round = 0; round < ROUNDS; round++) {
        const char *qr = arena_format(&asker->arena, "P%d-9", 6000 + round % 10);
        const struct bill_draft draft = { .code = "MEDDLE", .capacity = 5 };
        struct bill bill;
        int64_t freed;

        pthread_barrier_wait(rival->start);
        if (rival->number && round % 3 == 0) {
            DO_IN_TIME(asker, bill_bag_remove(asker, "MEDDLE", qr, &bill));
        } else if (rival->number) {
            pack(asker, qr, arena_format(&asker->arena, "M%d", 10000 + round));
        } else if (round % 20 == 19) {
            DO_IN_TIME(asker, bill_delete(asker, "MEDDLE", &freed));
        } else {
            DO_IN_TIME(asker, bill_create(asker, &draft, &bill));
            put_on(asker, "MEDDLE", qr);
        }
        arena_end(&asker->arena);
    }
    return NULL;
}

static void totals_stay_true_in_a_crowd(void **state)
{
    (void)state;
    static struct rival rivals[2];

    rivals_run(rivals, meddle);
    check_figures(&call);
}

static void one_batch_judges_one_bag_twice(void **state)
{
    (void)state;
    const char *code = fresh_code("LANE");
    struct bill_scan scans[100], *each[100];
    int linked = 0, here = 0;

    make_bill(&call, code, 60);
    for (int i = 0; i < 100; i++) {
        scans[i] = scan_of(&call, code, arena_format(&call.arena, "P%d-20", 5000 + i / 2), true);
        each[i] = &scans[i];
    }
    judge(&call, each, 100);
    for (int i = 0; i < 100; i++) {
        linked += scans[i].verdict == VERDICT_LINKED;
        here += scans[i].verdict == VERDICT_ALREADY_HERE;
    }
    assert_int_equal(linked, 50);
    assert_int_equal(here, 50);
    check_figures(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_verdict_is_given),
        cmocka_unit_test(what_a_refusal_would_have_made_is_not_made),
        cmocka_unit_test(a_batch_takes_the_last_places_in_order),
        cmocka_unit_test(the_same_id_gets_the_same_answer),
        cmocka_unit_test(the_id_of_another_kind_of_scan_is_refused),
        cmocka_unit_test(the_last_place_has_one_winner),
        cmocka_unit_test(a_bag_goes_onto_one_of_two_bills),
        cmocka_unit_test(totals_stay_true_in_a_crowd),
        cmocka_unit_test(one_batch_judges_one_bag_twice),
    };

    return cmocka_run_group_tests(tests, bills_setup, bills_teardown);
}

/* Packing rules, against a real PostgreSQL. Each test uses codes of its own. */
#include "packing/packing.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/uuid.h"
#include "db/db.h"
#include "packing/store.h"

#include "db/harness.h"
#include "test.h"

static const char *database;
static struct call call;

static void use(struct call *it, const char *name)
{
    *it = (struct call){ .db = db_open(database, name), .org_id = 1, .address = "" };
    it->person = (struct person){ .id = 1, .name = "ada" };
}

static void leave(struct call *it)
{
    db_close(it->db);
    arena_free(&it->arena);
}

/* The transaction around one step, as a worker does it. */
#define DO(step) (begin(), db_end(&call, (step)))
static void begin(void)
{
    assert_true(db_begin(&call));
}

static struct packing_scan scan_of(const char *parent, const char *child)
{
    struct packing_scan scan = { .arena = &call.arena,
        .parent = parent,
        .child = child,
        .at_us = NO_I64,
        .user_id = call.person.id };

    uuid7_create(scan.id);
    return scan;
}

static enum verdict judge(struct packing_scan *scan)
{
    struct packing_scan *const one = scan;

    assert_true(packing_store_scans(&call, &one, 1));
    return scan->verdict;
}

static enum verdict scan(const char *parent, const char *child)
{
    struct packing_scan one = scan_of(parent, child);

    return judge(&one);
}

/* What a DO block finds wrong with the books, or nothing. */
static void assert_counters_equal_a_recount(void)
{
    harness_run(database,
        "DO $$ BEGIN IF EXISTS ("
        " SELECT FROM (SELECT sum(parents) p, sum(children) c, sum(linked) l, sum(in_progress) i,"
        "                     sum(completed) d, sum(scans) s FROM counter) n,"
        "      (SELECT count(*) FILTER (WHERE kind = 'parent') p,"
        "              count(*) FILTER (WHERE kind = 'child') c,"
        "              count(*) FILTER (WHERE parent_id IS NOT NULL) l,"
        "              count(*) FILTER (WHERE status = 'in_progress') i,"
        "              count(*) FILTER (WHERE status = 'completed') d FROM bag) f,"
        "      (SELECT count(*) s FROM scan WHERE kind IN ('link', 'parent', 'bill')) h"
        "  WHERE (n.p, n.c, n.l, n.i, n.d, n.s) IS DISTINCT FROM (f.p, f.c, f.l, f.i, f.d, h.s))"
        " OR EXISTS ("
        " SELECT FROM bag p CROSS JOIN LATERAL (SELECT count(*) n, COALESCE(sum(c.weight_g), 0) w"
        "   FROM bag c WHERE c.org_id = p.org_id AND c.parent_id = p.id) r"
        "  WHERE kind = 'parent' AND (child_count, weight_g) IS DISTINCT FROM (r.n, r.w))"
        " THEN RAISE 'the books are wrong'; END IF; END $$");
}

static void a_scan_gets_each_verdict_that_is_due(void **state)
{
    (void)state;
    assert_int_equal(scan("SB00001", "KID00001"), VERDICT_LINKED);
    assert_int_equal(scan("SB00001", "KID00001"), VERDICT_ALREADY_HERE);
    assert_int_equal(scan("SB00002", "KID00001"), VERDICT_ELSEWHERE);
    assert_int_equal(scan("SB00001", "SB00002"), VERDICT_IS_PARENT);
    assert_int_equal(scan("SB00001", "SB00099"), VERDICT_IS_PARENT);
    assert_int_equal(scan("SB00001", "M444-00001"), VERDICT_IS_PARENT);
    assert_int_equal(scan("SB00001", "X-1"), VERDICT_BAD_CODE);
    assert_int_equal(scan("SB00001", "ABC"), VERDICT_BAD_CODE);
    assert_int_equal(scan("SB00001", ""), VERDICT_BAD_CODE);
    assert_int_equal(scan("SB0001", "KID00002"), VERDICT_NOT_A_PARENT);
    assert_int_equal(scan("KID00001", "KID00002"), VERDICT_NOT_A_PARENT);
    assert_int_equal(scan("P1-501", "KID00002"), VERDICT_NOT_A_PARENT);
    assert_int_equal(scan("P1-1", "KID00002"), VERDICT_LINKED);
    assert_int_equal(scan("P1-1", "KID00003"), VERDICT_FULL);
    assert_counters_equal_a_recount();
}

static void elsewhere_names_the_other_parent(void **state)
{
    struct packing_scan other = scan_of("SB00004", "KID00010");

    (void)state;
    assert_int_equal(scan("SB00003", "KID00010"), VERDICT_LINKED);
    assert_int_equal(judge(&other), VERDICT_ELSEWHERE);
    assert_string_equal(other.where, "SB00003");
}

static void a_parent_completes_with_its_last_place_and_then_is_full(void **state)
{
    struct packing_scan last = scan_of("M444-00002", "MOONG15");
    char child[16];

    (void)state;
    for (int i = 1; i < 15; i++) {
        snprintf(child, sizeof child, "MOONG%02d", i);
        assert_int_equal(scan("M444-00002", child), VERDICT_LINKED);
    }
    assert_int_equal(judge(&last), VERDICT_LINKED);
    assert_int_equal(last.held, 15);
    assert_true(last.closed);
    assert_int_equal(scan("M444-00002", "MOONG16"), VERDICT_FULL);
    assert_counters_equal_a_recount();
}

static void one_batch_gives_the_last_places_to_those_who_came_first(void **state)
{
    struct packing_scan scans[6];
    struct packing_scan *each[6];
    static const char *const children[] = { "BAT00001", "BAT00002", "BAD-CODE", "BAT00003",
        "BAT00004", "BAT00005" };
    static const enum verdict due[] = { VERDICT_LINKED, VERDICT_LINKED, VERDICT_BAD_CODE,
        VERDICT_LINKED, VERDICT_FULL, VERDICT_FULL };

    (void)state;
    for (int i = 0; i < 6; i++) {
        scans[i] = scan_of("P7-3", children[i]);
        each[i] = &scans[i];
    }
    assert_true(packing_store_scans(&call, each, 6));
    for (int i = 0; i < 6; i++)
        assert_int_equal(scans[i].verdict, due[i]);
    assert_int_equal(scans[1].held, 2);
    assert_int_equal(scans[5].held, 3);
    assert_counters_equal_a_recount();
}

static void the_same_id_again_changes_nothing_and_gives_the_first_answer(void **state)
{
    struct packing_scan first = scan_of("SB00005", "KID00020"),
                        refused = scan_of("SB00006", "KID00020");

    (void)state;
    assert_int_equal(judge(&first), VERDICT_LINKED);
    assert_int_equal(judge(&refused), VERDICT_ELSEWHERE);
    assert_int_equal(scan("SB00005", "KID00021"), VERDICT_LINKED);

    for (int i = 0; i < 2; i++) {
        judge(&first);
        assert_int_equal(first.verdict, VERDICT_LINKED);
        assert_int_equal(first.held, 1);
        judge(&refused);
        assert_int_equal(refused.verdict, VERDICT_ELSEWHERE);
        assert_string_equal(refused.where, "SB00005");
    }
    assert_counters_equal_a_recount();
}

static void another_areas_bag_is_refused(void **state)
{
    struct packing_scan mine = scan_of("SB00007", "KID00030"),
                        theirs = scan_of("SB00007", "KID00031");

    (void)state;
    mine.area_id = 1;
    theirs.area_id = 2;
    assert_int_equal(judge(&mine), VERDICT_LINKED);
    assert_int_equal(judge(&theirs), VERDICT_OTHER_AREA);
}

static void undo_takes_back_the_askers_latest_link_only(void **state)
{
    struct parent parent;
    const char *child;

    (void)state;
    assert_int_equal(scan("SB00008", "KID00040"), VERDICT_LINKED);
    call.person.id = 2;
    assert_int_equal(scan("SB00008", "KID00041"), VERDICT_LINKED);
    call.person.id = 1;

    assert_true(packing_undo(&call, "SB00008", &child, &parent));
    assert_string_equal(child, "KID00040");
    assert_int_equal(parent.child_count, 1);
    assert_false(packing_undo(&call, "SB00008", &child, &parent));
    assert_int_equal(call.fault.code, FAULT_NOTHING_TO_UNDO);
    fail_clear(&call);

    assert_int_equal(scan("SB00009", "KID00040"), VERDICT_LINKED);
    assert_counters_equal_a_recount();
}

static void of_one_batch_the_last_scan_is_the_latest_link(void **state)
{
    struct packing_scan later = scan_of("SB00019", "AAAA"), earlier = scan_of("SB00019", "ZZZZ");
    struct packing_scan *const both[] = { &earlier, &later };
    struct parent parent;
    const char *child;

    (void)state;
    assert_true(packing_store_scans(&call, both, 2));
    assert_true(packing_undo(&call, "SB00019", &child, &parent));
    assert_string_equal(child, "AAAA");
}

static void undo_asks_the_history_and_not_who_touched_the_childs_row(void **state)
{
    struct parent parent;
    const char *child;

    (void)state;
    assert_int_equal(scan("SB00020", "KID00055"), VERDICT_LINKED);
    assert_int_equal(scan("SB00020", "KID00055"), VERDICT_ALREADY_HERE);
    harness_run(database,
        "UPDATE bag SET changed_by = 77, changed_at = now() - interval '2 hours'"
        " WHERE code = 'KID00055'");
    assert_true(packing_undo(&call, "SB00020", &child, &parent));
    assert_string_equal(child, "KID00055");
    assert_counters_equal_a_recount();
}

static void undo_is_over_after_an_hour(void **state)
{
    struct parent parent;
    const char *child;

    (void)state;
    assert_int_equal(scan("SB00010", "KID00050"), VERDICT_LINKED);
    harness_run(database,
        "UPDATE scan SET recorded_at = now() - interval '61 minutes'"
        " WHERE child_id = (SELECT id FROM bag WHERE code = 'KID00050')");
    assert_false(packing_undo(&call, "SB00010", &child, &parent));
    assert_int_equal(call.fault.code, FAULT_NOTHING_TO_UNDO);
    fail_clear(&call);

    assert_true(packing_unlink(&call, "SB00010", "KID00050", "wrong label", &parent));
    assert_int_equal(parent.child_count, 0);
    assert_int_equal(parent.status, BAG_STATUS_PENDING);
    assert_counters_equal_a_recount();
}

static void a_finished_parent_takes_no_more_until_it_is_reopened(void **state)
{
    struct parent parent;

    (void)state;
    assert_int_equal(scan("SB00011", "KID00060"), VERDICT_LINKED);
    assert_true(packing_finish(&call, "SB00011", &parent));
    assert_int_equal(parent.status, BAG_STATUS_COMPLETED);
    assert_int_equal(scan("SB00011", "KID00061"), VERDICT_FULL);
    assert_true(packing_reopen(&call, "SB00011", "two were left", &parent));
    assert_int_equal(scan("SB00011", "KID00061"), VERDICT_LINKED);

    assert_int_equal(scan("SB00012", "SB00011"), VERDICT_IS_PARENT);
    assert_false(packing_finish(&call, "SB00012", &parent));
    assert_int_equal(call.fault.code, FAULT_REFUSED);
    fail_clear(&call);
    assert_counters_equal_a_recount();
}

static void nothing_moves_while_the_bill_is_completed(void **state)
{
    struct parent parent;
    const char *child;

    (void)state;
    assert_int_equal(scan("SB00013", "KID00070"), VERDICT_LINKED);
    harness_run(database,
        "INSERT INTO bill (org_id, code, capacity, linked, status, children, weight_g, expected_g)"
        " VALUES (1, 'CLOSED-1', 1, 1, 'completed', 1, 1000, 30000);"
        "UPDATE bag SET bill_id = (SELECT id FROM bill WHERE code = 'CLOSED-1')"
        " WHERE code = 'SB00013'");

    assert_int_equal(scan("SB00013", "KID00071"), VERDICT_BILL_CLOSED);
    assert_false(packing_undo(&call, "SB00013", &child, &parent));
    assert_int_equal(call.fault.code, FAULT_REFUSED);
    assert_non_null(strstr(call.fault.words.english, "CLOSED-1"));
    fail_clear(&call);
}

static void a_child_scanned_into_a_billed_parent_counts_on_the_bill(void **state)
{
    (void)state;
    assert_int_equal(scan("SB00014", "KID00080"), VERDICT_LINKED);
    harness_run(database,
        "INSERT INTO bill (org_id, code, capacity, linked, status, children, weight_g, expected_g)"
        " VALUES (1, 'OPEN-1', 2, 1, 'processing', 1, 1000, 30000);"
        "UPDATE bag SET bill_id = (SELECT id FROM bill WHERE code = 'OPEN-1')"
        " WHERE code = 'SB00014'");
    assert_int_equal(scan("SB00014", "KID00081"), VERDICT_LINKED);
    harness_run(database,
        "DO $$ BEGIN IF (SELECT (children, weight_g) <> (2, 2000) FROM bill WHERE code = 'OPEN-1')"
        " THEN RAISE 'the bill is stale'; END IF; END $$");
}

static void a_parent_opens_once_and_its_replay_says_the_same(void **state)
{
    unsigned char id[16], later[16];
    enum verdict verdict;
    bool created;

    (void)state;
    uuid7_create(id);
    uuid7_create(later);
    assert_true(DO(packing_scan_parent(&call, id, "SB00015", &verdict, &created)));
    assert_true(created);
    assert_true(DO(packing_scan_parent(&call, later, "SB00015", &verdict, &created)));
    assert_false(created);
    assert_true(DO(packing_scan_parent(&call, id, "SB00015", &verdict, &created)));
    assert_true(created);
    assert_false(DO(packing_scan_parent(&call, later, "SB00016", &verdict, &created)));
    assert_int_equal(call.fault.code, FAULT_ID_REUSED);
    uuid7_create(later);
    assert_true(DO(packing_scan_parent(&call, later, "NOPARENT", &verdict, &created)));
    assert_int_equal(verdict, VERDICT_NOT_A_PARENT);
    assert_counters_equal_a_recount();
}

static void a_child_list_is_set_whole_or_not_at_all(void **state)
{
    static const char *const wanted[] = { "KID00091", "KID00092", "KID00092" };
    static const char *const impossible[] = { "KID00093", "SB00001" };
    struct parent parent;

    (void)state;
    assert_int_equal(scan("SB00016", "KID00090"), VERDICT_LINKED);
    assert_int_equal(scan("SB00016", "KID00091"), VERDICT_LINKED);

    assert_true(db_begin(&call));
    assert_true(packing_set_children(&call, "SB00016", wanted, 3, &parent));
    assert_true(db_commit(&call));
    assert_int_equal(parent.child_count, 2);

    assert_true(db_begin(&call));
    assert_false(packing_set_children(&call, "SB00016", impossible, 2, &parent));
    assert_int_equal(call.fault.code, FAULT_REFUSED);
    db_rollback(&call);
    fail_clear(&call);
    assert_int_equal(scan("SB00016", "KID00092"), VERDICT_ALREADY_HERE);
    assert_counters_equal_a_recount();
}

static void only_a_free_and_empty_bag_is_deleted(void **state)
{
    enum verdict verdict;

    (void)state;
    assert_true(DO(packing_create(&call, "FREE0001", NULL, &verdict)));
    assert_int_equal(verdict, VERDICT_DONE);
    assert_true(packing_delete(&call, "FREE0001"));
    assert_false(packing_delete(&call, "FREE0001"));
    assert_int_equal(call.fault.code, FAULT_NOT_FOUND);
    fail_clear(&call);

    assert_int_equal(scan("SB00017", "KID00100"), VERDICT_LINKED);
    assert_false(packing_delete(&call, "KID00100"));
    assert_int_equal(call.fault.code, FAULT_REFUSED);
    fail_clear(&call);
    assert_counters_equal_a_recount();
}

static void another_organisation_sees_and_touches_nothing_of_ours(void **state)
{
    struct parent parent;

    (void)state;
    assert_int_equal(scan("SB00018", "KID00110"), VERDICT_LINKED);
    harness_run(database,
        "INSERT INTO org (name, host) VALUES ('Other', 'other');"
        "INSERT INTO bag_family SELECT o.org_id, id, f.name, prefix, pattern, capacity,"
        " child_weight_g, name_key FROM bag_family f, org o WHERE f.org_id = 1 AND o.host = "
        "'other'");

    call.org_id = 2;
    assert_int_equal(scan("SB00018", "KID00110"), VERDICT_LINKED);
    assert_true(packing_unlink(&call, "SB00018", "KID00110", "ours", &parent));
    call.org_id = 1;
    assert_int_equal(scan("SB00018", "KID00110"), VERDICT_ALREADY_HERE);
}

/* Sessions that fight over few parents and few children with all that changes them. */
#define FIGHTERS 4
#define FIGHT_SCANS 150

static atomic_int fight_retries;

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static bool fight_batch(struct call *mine, unsigned *seed)
{
    struct packing_scan scans[12];
    struct packing_scan *each[12];
    char codes[12][2][12];
    const unsigned first = next_random(seed) % 40;

    for (unsigned i = 0; i < 12; i++) {
        snprintf(codes[i][0], sizeof codes[i][0], "P9%u-10", next_random(seed) % 5);
        snprintf(codes[i][1], sizeof codes[i][1], "FIGHT%03u", (first + i * 7) % 84);
        scans[i] = scan_of(codes[i][0], codes[i][1]);
        each[i] = &scans[i];
    }
    return packing_store_scans(mine, each, 12);
}

static bool fight_once(struct call *mine, unsigned *seed)
{
    struct parent parent;
    const char *child;
    char code[12];

    snprintf(code, sizeof code, "P9%u-10", next_random(seed) % 5);
    switch (next_random(seed) % 4) {
    case 0:
        return packing_undo(mine, code, &child, &parent);
    case 1:
        return packing_finish(mine, code, &parent);
    case 2:
        return packing_reopen(mine, code, "fight", &parent);
    default:
        return fight_batch(mine, seed);
    }
}

static void *fight(void *argument)
{
    unsigned seed = *(const unsigned *)argument;
    struct call mine;

    use(&mine, "fighter");
    for (int i = 0; i < FIGHT_SCANS; i++) {
        if (!db_begin(&mine) || !fight_once(&mine, &seed) || !db_commit(&mine)) {
            if (mine.fault.code == FAULT_AGAIN)
                atomic_fetch_add(&fight_retries, 1);
            else if (mine.fault.code != FAULT_REFUSED && mine.fault.code != FAULT_NOT_FOUND
                && mine.fault.code != FAULT_NOTHING_TO_UNDO)
                fprintf(stderr, "fight: %s\n", mine.fault.detail), abort();
            db_rollback(&mine);
            fail_clear(&mine);
        }
        arena_end(&mine.arena);
    }
    leave(&mine);
    return NULL;
}

static void the_books_are_right_after_a_fight_of_many_sessions(void **state)
{
    static const unsigned seeds[FIGHTERS] = { 11, 22, 33, 44 };
    pthread_t threads[FIGHTERS];

    (void)state;
    print_message("seeds 11 22 33 44\n");
    for (int i = 0; i < FIGHTERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, fight, (void *)&seeds[i]), 0);
    for (int i = 0; i < FIGHTERS; i++)
        pthread_join(threads[i], NULL);

    print_message("%d runs were repeated\n", atomic_load(&fight_retries));
    harness_run(database, "DELETE FROM counter WHERE org_id <> 1");
    harness_run(database, "DELETE FROM scan WHERE org_id <> 1");
    harness_run(database, "DELETE FROM bag WHERE org_id <> 1");
    assert_counters_equal_a_recount();
}

static int open_all(void **state)
{
    (void)state;
    database = harness_database();
    use(&call, "test");
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    leave(&call);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scan_gets_each_verdict_that_is_due),
        cmocka_unit_test(elsewhere_names_the_other_parent),
        cmocka_unit_test(a_parent_completes_with_its_last_place_and_then_is_full),
        cmocka_unit_test(one_batch_gives_the_last_places_to_those_who_came_first),
        cmocka_unit_test(the_same_id_again_changes_nothing_and_gives_the_first_answer),
        cmocka_unit_test(another_areas_bag_is_refused),
        cmocka_unit_test(undo_takes_back_the_askers_latest_link_only),
        cmocka_unit_test(of_one_batch_the_last_scan_is_the_latest_link),
        cmocka_unit_test(undo_asks_the_history_and_not_who_touched_the_childs_row),
        cmocka_unit_test(undo_is_over_after_an_hour),
        cmocka_unit_test(a_finished_parent_takes_no_more_until_it_is_reopened),
        cmocka_unit_test(nothing_moves_while_the_bill_is_completed),
        cmocka_unit_test(a_child_scanned_into_a_billed_parent_counts_on_the_bill),
        cmocka_unit_test(a_parent_opens_once_and_its_replay_says_the_same),
        cmocka_unit_test(a_child_list_is_set_whole_or_not_at_all),
        cmocka_unit_test(only_a_free_and_empty_bag_is_deleted),
        cmocka_unit_test(another_organisation_sees_and_touches_nothing_of_ours),
        cmocka_unit_test(the_books_are_right_after_a_fight_of_many_sessions),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}

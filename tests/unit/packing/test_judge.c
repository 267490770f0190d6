/* The rules of packing, each alone, each with its neighbour, and all together against a model. */
#include "packing/judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#include "test.h"

enum {
    HERE = 1, /* the parent that is scanned into */
    CHILD = 2,
    THERE = 3, /* another parent */
    FRESH = 4, /* the first id that a new bag gets */
    INDORE = 7,
    LUCKNOW = 8,
    OPEN_BILL = 11,
    CLOSED_BILL = 12,
    ADA = 21,
    DEV = 22,
};

static const struct family families[] = {
    { .id = 1, .prefix = "SB", .pattern = "^SB[0-9]{5}$", .capacity = 3, .child_weight_kg = 1000 },
    { .id = 2,
        .prefix = "P",
        .pattern = "^P[0-9]{1,3}-([1-9]\\d?)$",
        .capacity = NO_I64,
        .child_weight_kg = 500 },
};

static struct packing_bill bills[2];

#define LIST(items) ((struct list){ (void *)(items), COUNT_OF(items) })

static struct packing_judge judge_of(struct judged_bag *bags, size_t count)
{
    bills[0] = (struct packing_bill){ .id = OPEN_BILL };
    bills[1] = (struct packing_bill){ .id = CLOSED_BILL, .closed = true };
    return (struct packing_judge){ .bags = { bags, count, LIST(families) }, .bills = LIST(bills) };
}

/* A scan by Ada, with an id of its own. */
static struct packing_scan scan_by(int64_t area, const char *parent, const char *child)
{
    static unsigned ids;
    struct packing_scan scan = {
        .parent = parent, .child = child, .at_us = NO_I64, .user_id = ADA, .area_id = area
    };

    ids++;
    memcpy(scan.id, &ids, sizeof ids);
    return scan;
}

static struct judged_bag unknown(const char *code, int64_t id)
{
    return (struct judged_bag){ .code = code, .id = id };
}

static struct judged_bag stored(struct judged_bag bag, struct bag_state state)
{
    bag.was = bag.is = state;
    return bag;
}

static struct judged_bag parent_bag(
    const char *code, int64_t held, enum bag_status status, int64_t area, int64_t bill)
{
    struct judged_bag bag = unknown(code, HERE);

    bag.family_id = 1;
    bag.capacity = 3;
    bag.child_weight_g = 1000;
    return stored(bag,
        (struct bag_state){ .kind = BAG_KIND_PARENT,
            .status = status,
            .parent_id = NO_I64,
            .bill_id = bill,
            .area_id = area,
            .child_count = held,
            .weight_g = 1000 * held });
}

/* One scan by somebody of Lucknow, of a child into a parent. */
struct judge_case {
    const char *what;
    struct judged_bag parent, child;
    int64_t there_area; /* of the parent that the child is in, when that is another one */
    enum verdict verdict;
};

/* clang-format off */
#define NONE_YET(its_code, its_id) { .code = (its_code), .id = (its_id) }
#define STORED(...) .was = { __VA_ARGS__ }, .is = { __VA_ARGS__ }
#define PARENT(held, its_status, area, bill) \
    { .code = "SB00001", .id = HERE, .family_id = 1, .capacity = 3, .child_weight_g = 1000, \
      STORED(.kind = BAG_KIND_PARENT, .status = BAG_STATUS_##its_status, .parent_id = NO_I64, .bill_id = (bill), \
             .area_id = (area), .child_count = (held), .weight_g = 1000 * (held)) }
#define FREE_PARENT PARENT(1, IN_PROGRESS, NO_I64, NO_I64)
#define CHILD_IN(its_parent, area) \
    { .code = "0001", .id = CHILD, \
      STORED(.kind = BAG_KIND_CHILD, .parent_id = (its_parent), .area_id = (area)) }
#define CHILD_FOR_PARENT(area) \
    { .code = "0002", .id = HERE, \
      STORED(.kind = BAG_KIND_CHILD, .parent_id = NO_I64, .area_id = (area)) }
#define PARENT_FOR_CHILD(area) \
    { .code = "SB00002", .id = CHILD, .capacity = 3, \
      STORED(.kind = BAG_KIND_PARENT, .status = BAG_STATUS_PENDING, .parent_id = NO_I64, .area_id = (area)) }
/* clang-format on */

/* In the order of the rules: each alone, and where it can be, with the next one beside it. */
static const struct judge_case cases[] = {
    { "an unknown code that is of no family is no parent", NONE_YET("X1", HERE),
        NONE_YET("0001", FRESH), 0, VERDICT_NOT_A_PARENT },
    { "a child is no parent", CHILD_FOR_PARENT(NO_I64), NONE_YET("0001", FRESH), 0,
        VERDICT_NOT_A_PARENT },
    { "no parent, before its area", CHILD_FOR_PARENT(INDORE), NONE_YET("0001", FRESH), 0,
        VERDICT_NOT_A_PARENT },
    { "a parent of another area", PARENT(1, IN_PROGRESS, INDORE, NO_I64), NONE_YET("0001", FRESH),
        0, VERDICT_OTHER_AREA },
    { "another area, before a parent for a child", PARENT(1, IN_PROGRESS, INDORE, NO_I64),
        PARENT_FOR_CHILD(NO_I64), 0, VERDICT_OTHER_AREA },
    { "a parent for a child", FREE_PARENT, PARENT_FOR_CHILD(NO_I64), 0, VERDICT_IS_PARENT },
    { "a parent for a child, before that one's area", FREE_PARENT, PARENT_FOR_CHILD(INDORE), 0,
        VERDICT_IS_PARENT },
    { "a parent for a child, before a closed bill", PARENT(1, IN_PROGRESS, NO_I64, CLOSED_BILL),
        PARENT_FOR_CHILD(NO_I64), 0, VERDICT_IS_PARENT },
    { "the code of a family for a child", FREE_PARENT, NONE_YET("SB00002", FRESH), 0,
        VERDICT_IS_PARENT },
    { "the code of a family for a child, though no child may have it", FREE_PARENT,
        NONE_YET("P1-10", FRESH), 0, VERDICT_IS_PARENT },
    { "a code that is too short", FREE_PARENT, NONE_YET("001", FRESH), 0, VERDICT_BAD_CODE },
    { "a code that is too long", FREE_PARENT, NONE_YET("000000000000000000001", FRESH), 0,
        VERDICT_BAD_CODE },
    { "a code with another character", FREE_PARENT, NONE_YET("00-01", FRESH), 0, VERDICT_BAD_CODE },
    { "a bad code, before a closed bill", PARENT(1, IN_PROGRESS, NO_I64, CLOSED_BILL),
        NONE_YET("001", FRESH), 0, VERDICT_BAD_CODE },
    { "a bad code, before a full parent", PARENT(3, COMPLETED, NO_I64, NO_I64),
        NONE_YET("001", FRESH), 0, VERDICT_BAD_CODE },
    { "a child that is here", FREE_PARENT, CHILD_IN(HERE, NO_I64), 0, VERDICT_ALREADY_HERE },
    { "a child that is here, before its area", FREE_PARENT, CHILD_IN(HERE, INDORE), 0,
        VERDICT_ALREADY_HERE },
    { "a child that is here, before a full parent", PARENT(3, COMPLETED, NO_I64, NO_I64),
        CHILD_IN(HERE, NO_I64), 0, VERDICT_ALREADY_HERE },
    { "a free child of another area", FREE_PARENT, CHILD_IN(NO_I64, INDORE), 0,
        VERDICT_OTHER_AREA },
    { "a child of another area, before that it is elsewhere", FREE_PARENT, CHILD_IN(THERE, INDORE),
        LUCKNOW, VERDICT_OTHER_AREA },
    { "a child of no area in a parent of another", FREE_PARENT, CHILD_IN(THERE, NO_I64), INDORE,
        VERDICT_OTHER_AREA },
    { "a child of another area, before a closed bill", PARENT(1, IN_PROGRESS, NO_I64, CLOSED_BILL),
        CHILD_IN(NO_I64, INDORE), 0, VERDICT_OTHER_AREA },
    { "a child that is elsewhere", FREE_PARENT, CHILD_IN(THERE, LUCKNOW), LUCKNOW,
        VERDICT_ELSEWHERE },
    { "elsewhere, in a parent of no area", FREE_PARENT, CHILD_IN(THERE, NO_I64), NO_I64,
        VERDICT_ELSEWHERE },
    { "elsewhere, before a closed bill", PARENT(1, IN_PROGRESS, NO_I64, CLOSED_BILL),
        CHILD_IN(THERE, NO_I64), NO_I64, VERDICT_ELSEWHERE },
    { "elsewhere, before a full parent", PARENT(3, COMPLETED, NO_I64, NO_I64),
        CHILD_IN(THERE, NO_I64), NO_I64, VERDICT_ELSEWHERE },
    { "a parent on a completed bill", PARENT(1, IN_PROGRESS, NO_I64, CLOSED_BILL),
        NONE_YET("0001", FRESH), 0, VERDICT_BILL_CLOSED },
    { "a completed bill, before a full parent", PARENT(3, COMPLETED, NO_I64, CLOSED_BILL),
        NONE_YET("0001", FRESH), 0, VERDICT_BILL_CLOSED },
    { "a full parent", PARENT(3, COMPLETED, NO_I64, NO_I64), NONE_YET("0001", FRESH), 0,
        VERDICT_FULL },
    { "a parent that was finished early", PARENT(1, COMPLETED, NO_I64, NO_I64),
        NONE_YET("0001", FRESH), 0, VERDICT_FULL },
    { "a new child", FREE_PARENT, NONE_YET("0001", FRESH), 0, VERDICT_LINKED },
    { "a child that is free", FREE_PARENT, CHILD_IN(NO_I64, NO_I64), 0, VERDICT_LINKED },
    { "all of one's own area, on an open bill", PARENT(1, IN_PROGRESS, LUCKNOW, OPEN_BILL),
        CHILD_IN(NO_I64, LUCKNOW), 0, VERDICT_LINKED },
    { "a parent that nobody has scanned before", NONE_YET("SB00001", FRESH),
        NONE_YET("0001", FRESH + 1), 0, VERDICT_LINKED },
};

static int compare_bags(const void *one, const void *other)
{
    return strcmp(((const struct judged_bag *)one)->code, ((const struct judged_bag *)other)->code);
}

/* The bags of a case, sorted, and its scan after it was judged. */
struct judged_case {
    struct packing_judge judge;
    struct judged_bag bags[2];
    struct packing_other there;
    struct packing_scan scan;
};

static void judge_case(const struct judge_case *each, struct judged_case *out)
{
    struct packing_scan *const one = &out->scan;

    *out = (struct judged_case){ .bags = { each->parent, each->child },
        .there = { THERE, "SB00009", each->there_area },
        .scan = scan_by(LUCKNOW, each->parent.code, each->child.code) };
    qsort(out->bags, 2, sizeof out->bags[0], compare_bags);
    out->judge = judge_of(out->bags, 2);
    out->judge.others = (struct list){ &out->there, 1 };
    packing_judge_scans(&out->judge, &one, 1);
}

static void each_rule_holds_and_comes_before_the_next(void **state)
{
    struct judged_case judged;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const bool elsewhere = cases[i].verdict == VERDICT_ELSEWHERE;

        judge_case(&cases[i], &judged);
        if (judged.scan.verdict != cases[i].verdict)
            print_error("%s\n", cases[i].what);
        assert_int_equal(judged.scan.verdict, cases[i].verdict);
        assert_string_equal(judged.scan.where ? judged.scan.where : "", elsewhere ? "SB00009" : "");
        assert_int_equal(judged.scan.other_id, elsewhere ? THERE : NO_I64);
    }
}

static void what_is_refused_changes_no_bag(void **state)
{
    struct judged_case judged;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (cases[i].verdict == VERDICT_LINKED)
            continue;
        judge_case(&cases[i], &judged);
        assert_int_equal(judged_bags_totals(&judged.judge.bags).linked, 0);
        assert_int_equal(judged_bags_totals(&judged.judge.bags).children, 0);
        for (int j = 0; j < 2; j++)
            assert_false(
                judged_bag_is_changed(&judged.bags[j]) || judged_bag_is_new(&judged.bags[j]));
    }
}

static void a_well_formed_parent_is_made_even_when_its_child_is_refused(void **state)
{
    struct judged_bag bags[] = { unknown("001", FRESH), unknown("SB00001", FRESH + 1) };
    struct packing_judge judge = judge_of(bags, 2);
    struct packing_scan scan = scan_by(LUCKNOW, "SB00001", "001");
    struct packing_scan *const one = &scan;

    (void)state;
    packing_judge_scans(&judge, &one, 1);
    assert_int_equal(scan.verdict, VERDICT_BAD_CODE);
    assert_true(judged_bag_is_new(&bags[1]));
    assert_int_equal(bags[1].is.status, BAG_STATUS_PENDING);
    assert_int_equal(bags[1].is.area_id, LUCKNOW);
    assert_int_equal(judged_bags_totals(&judge.bags).parents, 1);
}

static void the_first_who_come_take_the_last_places(void **state)
{
    struct judged_bag bags[] = { unknown("0001", FRESH), unknown("0002", FRESH + 1),
        unknown("0003", FRESH + 2),
        parent_bag("SB00001", 1, BAG_STATUS_IN_PROGRESS, NO_I64, OPEN_BILL) };
    struct packing_judge judge = judge_of(bags, 4);
    struct packing_scan scans[] = { scan_by(0, "SB00001", "0003"), scan_by(0, "SB00001", "0001"),
        scan_by(0, "SB00001", "0002") };
    struct packing_scan *const each[] = { &scans[0], &scans[1], &scans[2] };

    (void)state;
    packing_judge_scans(&judge, each, 3);
    assert_int_equal(scans[0].verdict, VERDICT_LINKED);
    assert_int_equal(scans[0].held, 2);
    assert_false(scans[0].closed);
    assert_int_equal(scans[1].verdict, VERDICT_LINKED);
    assert_int_equal(scans[1].held, 3);
    assert_true(scans[1].closed);
    assert_int_equal(scans[2].verdict, VERDICT_FULL);
    assert_int_equal(scans[2].held, 3);
    assert_int_equal(scans[2].child_id, NO_I64);
    assert_int_equal(bags[3].is.status, BAG_STATUS_COMPLETED);
    assert_int_equal(bags[3].is.weight_g, 3000);
    assert_int_equal(bills[0].children, 2);
    assert_int_equal(bills[0].weight_g, 2000);
    assert_true(bags[2].order < bags[0].order);
    assert_int_equal(judged_bags_totals(&judge.bags).completed, 1);
    assert_int_equal(judged_bags_totals(&judge.bags).in_progress, -1);
}

static void a_scan_is_judged_by_what_those_before_it_have_left(void **state)
{
    struct judged_bag bags[] = { unknown("0001", FRESH), unknown("SB00001", FRESH + 1),
        unknown("SB00002", FRESH + 2) };
    struct packing_judge judge = judge_of(bags, 3);
    struct packing_scan scans[] = { scan_by(0, "SB00001", "0001"), scan_by(0, "SB00002", "0001"),
        scan_by(0, "SB00001", "0001"), scan_by(0, "SB00002", "SB00001"),
        scan_by(0, "0001", "SB00002") };
    struct packing_scan *const each[] = { &scans[0], &scans[1], &scans[2], &scans[3], &scans[4] };

    (void)state;
    packing_judge_scans(&judge, each, 5);
    assert_int_equal(scans[0].verdict, VERDICT_LINKED);
    assert_int_equal(scans[1].verdict, VERDICT_ELSEWHERE);
    assert_string_equal(scans[1].where, "SB00001");
    assert_int_equal(scans[2].verdict, VERDICT_ALREADY_HERE);
    assert_int_equal(scans[3].verdict, VERDICT_IS_PARENT);
    assert_int_equal(scans[4].verdict, VERDICT_NOT_A_PARENT);
}

static void bags_take_the_area_of_the_first_person_who_has_one(void **state)
{
    struct judged_bag bags[] = { unknown("0001", FRESH), unknown("0002", FRESH + 1),
        parent_bag("SB00001", 0, BAG_STATUS_PENDING, NO_I64, NO_I64) };
    struct packing_judge judge = judge_of(bags, 3);
    struct packing_scan scans[] = { scan_by(0, "SB00001", "0001"),
        scan_by(LUCKNOW, "SB00001", "0002"), scan_by(INDORE, "SB00001", "0001") };
    struct packing_scan *const each[] = { &scans[0], &scans[1], &scans[2] };

    (void)state;
    scans[1].user_id = DEV;
    packing_judge_scans(&judge, each, 3);
    assert_int_equal(scans[2].verdict, VERDICT_OTHER_AREA);
    assert_int_equal(bags[0].is.area_id, NO_I64);
    assert_int_equal(bags[1].is.area_id, LUCKNOW);
    assert_int_equal(bags[2].is.area_id, LUCKNOW);
    assert_int_equal(bags[2].changed_by, DEV);
}

static void the_number_at_the_end_of_a_code_may_be_the_capacity(void **state)
{
    struct judged_bag bags[] = { unknown("0001", FRESH), unknown("P12-30", FRESH + 1) };
    struct packing_judge judge = judge_of(bags, 2);
    struct packing_scan scan = scan_by(0, "P12-30", "0001");
    struct packing_scan *const one = &scan;

    (void)state;
    packing_judge_scans(&judge, &one, 1);
    assert_int_equal(scan.verdict, VERDICT_LINKED);
    assert_int_equal(scan.capacity, 30);
    assert_int_equal(bags[0].is.weight_g, 500);
}

/* A first answer, to Ada's scan of 0001 into SB00001, and what came with its id now. */
struct replay_case {
    const char *what;
    struct earlier_scan earlier;
    const char *parent, *child;
    bool reused;
};

#define EARLIER(...)                                                                               \
    {                                                                                              \
        .n = 1, .kind = SCAN_KIND_LINK, .verdict = VERDICT_LINKED, .user_id = ADA, .held = 2,      \
        .capacity = 3, __VA_ARGS__                                                                 \
    }
#define BOTH_KNOWN .parent_known = true, .child_known = true

static const struct replay_case replays[] = {
    { "the same", EARLIER(BOTH_KNOWN, .parent = "SB00001", .child = "0001"), "SB00001", "0001",
        false },
    { "another child", EARLIER(BOTH_KNOWN, .parent = "SB00001", .child = "0001"), "SB00001", "0002",
        true },
    { "another parent", EARLIER(BOTH_KNOWN, .parent = "SB00001", .child = "0001"), "SB00002",
        "0001", true },
    { "bags that are gone", EARLIER(BOTH_KNOWN), "SB00001", "0001", false },
    { "a child that is gone, and another parent", EARLIER(BOTH_KNOWN, .parent = "SB00001"),
        "SB00002", "0001", true },
    { "codes that are no bags", EARLIER(.scanned = "SB00001 0001"), "SB00001", "0001", false },
    { "other codes that are no bags", EARLIER(.scanned = "SB00001 0001"), "SB00001", "00010",
        true },
    { "a code that begins like it", EARLIER(.scanned = "SB00001 0001"), "SB0000", "1 0001", true },
};

static struct packing_scan replay(
    const struct earlier_scan *earlier, const char *parent, const char *child)
{
    struct packing_scan scan = scan_by(0, parent, child);
    struct packing_scan *const one = &scan;
    struct packing_judge judge = { .earlier = { (void *)earlier, 1 } };

    packing_judge_scans(&judge, &one, 1);
    return scan;
}

static void a_replay_gets_the_first_answer_and_another_scan_with_the_id_gets_none(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(replays); i++) {
        const struct packing_scan scan =
            replay(&replays[i].earlier, replays[i].parent, replays[i].child);

        if (scan.id_reused != replays[i].reused)
            print_error("%s\n", replays[i].what);
        assert_true(scan.known);
        assert_int_equal(scan.id_reused, replays[i].reused);
        assert_int_equal(scan.verdict, replays[i].reused ? VERDICT_NONE : VERDICT_LINKED);
        assert_int_equal(scan.held, replays[i].reused ? 0 : 2);
    }
}

static void the_id_of_another_person_or_kind_of_scan_is_reused(void **state)
{
    struct earlier_scan others = EARLIER(BOTH_KNOWN, .parent = "SB00001", .child = "0001");

    (void)state;
    others.user_id = DEV;
    assert_true(replay(&others, "SB00001", "0001").id_reused);
    others.user_id = ADA;
    others.kind = SCAN_KIND_UNDO;
    assert_true(replay(&others, "SB00001", "0001").id_reused);
}

static void an_id_that_comes_twice_at_once_is_judged_once(void **state)
{
    struct judged_bag bags[] = { unknown("0001", FRESH), unknown("0002", FRESH + 1),
        unknown("SB00001", FRESH + 2) };
    struct packing_judge judge = judge_of(bags, 3);
    struct packing_scan scans[] = { scan_by(0, "SB00001", "0001"), scan_by(0, "SB00001", "0001"),
        scan_by(0, "SB00001", "0002") };
    struct packing_scan *const each[] = { &scans[0], &scans[1], &scans[2] };

    (void)state;
    for (int i = 1; i < 3; i++)
        memcpy(scans[i].id, scans[0].id, sizeof scans[0].id);
    packing_judge_scans(&judge, each, 3);
    assert_false(scans[0].known);
    assert_true(scans[1].known && !scans[1].id_reused);
    assert_int_equal(scans[1].verdict, VERDICT_LINKED);
    assert_int_equal(scans[1].held, 1);
    assert_true(scans[2].known && scans[2].id_reused);
    assert_int_equal(bags[2].is.child_count, 1);
    assert_false(judged_bag_is_new(&bags[1]));
}

/*
 * A model of packing that knows nothing of the judge: where each child is, and how many are in each
 * parent. Parents 0 to 3 hold three each, the last one is on a completed bill; nobody has an area.
 */
enum { PARENTS = 4, CHILDREN = 9, BATCH = 12, BATCHES = 400 };

struct model {
    int in[CHILDREN]; /* the parent; -1: none */
    int held[PARENTS];
};

static const char *const parent_codes[PARENTS] = { "SB00000", "SB00001", "SB00002", "SB00003" };
static const char *const child_codes[CHILDREN] = { "0000", "0001", "0002", "0003", "0004", "0005",
    "0006", "0007", "0008" };

static enum verdict model_scan(struct model *model, int parent, int child)
{
    if (model->in[child] == parent)
        return VERDICT_ALREADY_HERE;
    if (model->in[child] >= 0)
        return VERDICT_ELSEWHERE;
    if (parent == PARENTS - 1)
        return VERDICT_BILL_CLOSED;
    if (model->held[parent] == 3)
        return VERDICT_FULL;
    model->in[child] = parent;
    model->held[parent]++;
    return VERDICT_LINKED;
}

static unsigned next_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* Children come first in the order of codes. */
static void make_bags(struct judged_bag *bags)
{
    for (int i = 0; i < CHILDREN; i++)
        bags[i] = unknown(child_codes[i], FRESH + i);
    for (int i = 0; i < PARENTS; i++) {
        bags[CHILDREN + i] = parent_bag(parent_codes[i], 0, BAG_STATUS_PENDING, NO_I64,
            i == PARENTS - 1 ? CLOSED_BILL : NO_I64);
        bags[CHILDREN + i].id = FRESH + CHILDREN + i;
    }
}

/* Somebody takes a child out, or the bags of a parent, so that there are places again. */
static void empty_one(struct model *model, struct judged_bag *bags, int parent)
{
    struct judged_bag *bag = &bags[CHILDREN + parent];

    for (int i = 0; i < CHILDREN; i++)
        if (model->in[i] == parent) {
            model->in[i] = -1;
            bags[i].is.parent_id = NO_I64;
        }
    model->held[parent] = 0;
    bag->is.child_count = bag->is.weight_g = 0;
    bag->is.status = BAG_STATUS_PENDING;
}

static void assert_like(const struct model *model, const struct judged_bag *bags)
{
    for (int i = 0; i < CHILDREN; i++)
        if (bags[i].is.kind)
            assert_int_equal(
                bags[i].is.parent_id, model->in[i] < 0 ? NO_I64 : bags[CHILDREN + model->in[i]].id);
        else
            assert_int_equal(model->in[i], -1);
    for (int i = 0; i < PARENTS; i++) {
        assert_int_equal(bags[CHILDREN + i].is.child_count, model->held[i]);
        assert_int_equal(bags[CHILDREN + i].is.status,
            model->held[i] == 0       ? BAG_STATUS_PENDING
                : model->held[i] == 3 ? BAG_STATUS_COMPLETED
                                      : BAG_STATUS_IN_PROGRESS);
    }
}

static int count_packed(const struct model *model)
{
    int packed = 0;

    for (int i = 0; i < CHILDREN; i++)
        packed += model->in[i] >= 0;
    return packed;
}

static void judge_batch(struct packing_judge *judge, struct model *model, unsigned *seed)
{
    struct packing_scan scans[BATCH], *each[BATCH];
    const size_t count = 1 + next_random(seed, BATCH);
    enum verdict expected[BATCH];
    const int before = count_packed(model);

    for (size_t i = 0; i < count; i++) {
        const int parent = (int)next_random(seed, PARENTS),
                  child = (int)next_random(seed, CHILDREN);

        scans[i] = scan_by(0, parent_codes[parent], child_codes[child]);
        each[i] = &scans[i];
        expected[i] = model_scan(model, parent, child);
    }
    packing_judge_scans(judge, each, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(scans[i].verdict, expected[i]);
    assert_int_equal(judged_bags_totals(&judge->bags).linked, count_packed(model) - before);
}

static void random_batches_are_judged_as_a_simple_model_does(void **state)
{
    unsigned seed = 20261126;
    struct judged_bag bags[CHILDREN + PARENTS];
    struct packing_judge judge = judge_of(bags, CHILDREN + PARENTS);
    struct model model = { .held = { 0 } };

    (void)state;
    print_message("seed %u\n", seed);
    make_bags(bags);
    memset(model.in, -1, sizeof model.in);
    for (int i = 0; i < BATCHES; i++) {
        judge_batch(&judge, &model, &seed);
        assert_like(&model, bags);
        empty_one(&model, bags, (int)next_random(&seed, PARENTS));
        for (int j = 0; j < CHILDREN + PARENTS; j++)
            bags[j].was = bags[j].is;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_holds_and_comes_before_the_next),
        cmocka_unit_test(what_is_refused_changes_no_bag),
        cmocka_unit_test(a_well_formed_parent_is_made_even_when_its_child_is_refused),
        cmocka_unit_test(the_first_who_come_take_the_last_places),
        cmocka_unit_test(a_scan_is_judged_by_what_those_before_it_have_left),
        cmocka_unit_test(bags_take_the_area_of_the_first_person_who_has_one),
        cmocka_unit_test(the_number_at_the_end_of_a_code_may_be_the_capacity),
        cmocka_unit_test(a_replay_gets_the_first_answer_and_another_scan_with_the_id_gets_none),
        cmocka_unit_test(the_id_of_another_person_or_kind_of_scan_is_reused),
        cmocka_unit_test(an_id_that_comes_twice_at_once_is_judged_once),
        cmocka_unit_test(random_batches_are_judged_as_a_simple_model_does),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

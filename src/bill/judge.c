#include "bill/judge.h"

#include <assert.h>
#include <string.h>

#include "bag/rules.h"
#include "family/family_match.h"

static struct judged_bill *bill_find_named(const struct bill_judge *judge, const char *code)
{
    for (size_t i = 0; i < judge->bills_count; i++)
        if (strcmp(judge->bills[i].code, code) == 0)
            return &judge->bills[i];
    return NULL;
}

/* The code of the bill that a bag is on, whether a scan names it or not. */
static const char *bill_code_of(const struct bill_judge *judge, int64_t id)
{
    const struct other_bill *others = judge->others.items;
    size_t n = 0;

    for (size_t i = 0; i < judge->bills_count; i++)
        if (judge->bills[i].id == id)
            return judge->bills[i].code;
    while (n < judge->others.count && others[n].id != id)
        n++;
    assert(n < judge->others.count); /* a locked bag keeps its bill */
    return others[n].code;
}

/* What nobody has scanned before may be made by hand, if it can be a parent. */
static enum verdict bill_refuse_unknown(
    const struct bill_judge *judge, const char *code, bool may_create)
{
    const bool of_family = family_find_by_code(&judge->bags.families, code);

    if (!of_family && (may_create || !bag_is_child_code(code)))
        return VERDICT_BAD_CODE;
    return may_create ? VERDICT_NONE : VERDICT_NOT_FOUND;
}

static enum verdict bill_refuse_bag(const struct bill_judge *judge, const struct judged_bill *bill,
    const struct judged_bag *bag, struct bill_scan *scan)
{
    if (bag->is.kind == BAG_KIND_CHILD)
        return VERDICT_IS_CHILD;
    if (!bag->is.kind)
        return bill_refuse_unknown(judge, bag->code, scan->create);
    if (bag->is.bill_id == bill->id)
        return VERDICT_ALREADY_HERE;
    if (bag->is.bill_id == NO_I64)
        return VERDICT_NONE;

    scan->other_id = bag->is.bill_id;
    scan->where = bill_code_of(judge, bag->is.bill_id);
    return VERDICT_ELSEWHERE;
}

static enum verdict bill_refuse_place(const struct judged_bill *bill)
{
    if (bill->is.linked >= bill->capacity)
        return VERDICT_FULL;
    return bill->is.status == BILL_STATUS_COMPLETED ? VERDICT_COMPLETED : VERDICT_NONE;
}

static void bill_judge_put(const struct bill_judge *judge, struct judged_bill *bill,
    struct judged_bag *bag, const struct bill_scan *scan)
{
    judged_bag_make_parent(&judge->bags, bag, scan->user_id, 0);
    judged_bag_mark_changed(bag, scan->user_id, 0);
    bag->is.bill_id = bill->id;

    bill->is.linked++;
    bill->is.children += bag->is.child_count;
    bill->is.weight_g += bag->is.weight_g;
    bill->is.expected_g += bag->expected_g;
    bill->is.status =
        bill->is.linked >= bill->capacity ? BILL_STATUS_COMPLETED : BILL_STATUS_PROCESSING;
}

/* What the answer shows: all as it is just after this scan. */
static void bill_show(
    struct bill_scan *scan, const struct judged_bill *bill, const struct judged_bag *bag)
{
    const bool is_parent = bag->is.kind == BAG_KIND_PARENT;

    scan->bill_id = bill->id;
    scan->parent_id = is_parent ? bag->id : NO_I64;
    scan->child_id = bag->is.kind == BAG_KIND_CHILD ? bag->id : NO_I64;
    scan->linked = bill->is.linked;
    scan->capacity = bill->capacity;
    scan->children = bill->is.children;
    scan->weight_kg = bill->is.weight_g;
    scan->expected_weight_kg = bill->is.expected_g;
    scan->closed = bill->is.status == BILL_STATUS_COMPLETED;
    scan->bag_children = is_parent ? bag->is.child_count : NO_I64;
    scan->bag_capacity = is_parent ? bag->capacity : NO_I64;
    scan->bag_weight_kg = is_parent ? bag->is.weight_g : NO_I64;
}

static void bill_judge_one(const struct bill_judge *judge, struct bill_scan *scan)
{
    struct judged_bill *bill = bill_find_named(judge, scan->bill);
    struct judged_bag *bag = judged_bag_find(&judge->bags, scan->qr);

    scan->where = NULL;
    scan->other_id = NO_I64;
    scan->outcome = bill ? BILL_SCAN_JUDGED : BILL_SCAN_NO_BILL;
    if (!bill)
        return;

    scan->verdict = bill_refuse_bag(judge, bill, bag, scan);
    if (!scan->verdict)
        scan->verdict = bill_refuse_place(bill);
    if (!scan->verdict) {
        scan->verdict = VERDICT_LINKED;
        bill_judge_put(judge, bill, bag, scan);
    }
    bill_show(scan, bill, bag);
}

/* Of the same kind, person, bill and bag. A code that is gone can't be compared. */
static bool bill_judge_is_same(const struct earlier_scan *earlier, const struct bill_scan *scan)
{
    const char *bag = earlier->parent ? earlier->parent
        : earlier->child              ? earlier->child
                                      : earlier->scanned;

    return earlier->kind == SCAN_KIND_BILL && earlier->user_id == scan->user_id
        && (!earlier->bill || earlier_scan_code_matches(earlier->bill, scan->bill))
        && (!bag || earlier_scan_code_matches(bag, scan->qr));
}

/* Nothing is told about the scan that has the id. */
static void bill_repeat(const struct earlier_scan *earlier, struct bill_scan *scan)
{
    scan->known = true;
    scan->outcome = bill_judge_is_same(earlier, scan) ? BILL_SCAN_JUDGED : BILL_SCAN_ID_USED;
    scan->verdict = earlier->verdict;
    scan->where = earlier->verdict == VERDICT_ELSEWHERE ? earlier->other : NULL;
    scan->linked = earlier->held;
    scan->capacity = earlier->capacity;
    scan->closed = earlier->closed;
    scan->children = earlier->children;
    scan->weight_kg = earlier->weight_g;
    scan->expected_weight_kg = earlier->expected_g;
    scan->bag_children = earlier->bag_children;
    scan->bag_capacity = earlier->bag_capacity;
    scan->bag_weight_kg = earlier->bag_weight_g;
}

/* A scan that came twice at once. */
static void bill_repeat_one(const struct bill_scan *first, struct bill_scan *scan)
{
    const struct earlier_scan earlier = { .kind = SCAN_KIND_BILL,
        .verdict = first->verdict,
        .user_id = first->user_id,
        .bill = first->bill,
        .scanned = first->qr,
        .other = first->where,
        .held = first->linked,
        .capacity = first->capacity,
        .closed = first->closed,
        .children = first->children,
        .weight_g = first->weight_kg,
        .expected_g = first->expected_weight_kg,
        .bag_children = first->bag_children,
        .bag_capacity = first->bag_capacity,
        .bag_weight_g = first->bag_weight_kg };

    bill_repeat(&earlier, scan);
}

/* The scan before the `n`th that has its id and was judged; NULL: there is none. */
static const struct bill_scan *bill_find_same(struct bill_scan *const *scans, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (memcmp(scans[i]->id, scans[n]->id, sizeof scans[n]->id) == 0
            && scans[i]->outcome == BILL_SCAN_JUDGED)
            return scans[i];
    return NULL;
}

void bill_judge_scans(struct bill_judge *judge, struct bill_scan *const *scans, size_t count)
{
    const struct earlier_scan *earlier = judge->earlier.items;

    /* A batch that lost a race is decided once more. */
    for (size_t i = 0; i < count; i++)
        scans[i]->known = false;
    for (size_t i = 0; i < judge->earlier.count; i++)
        bill_repeat(&earlier[i], scans[earlier[i].n - 1]);
    for (size_t i = 0; i < count; i++) {
        const struct bill_scan *first = scans[i]->known ? NULL : bill_find_same(scans, i);

        if (first)
            bill_repeat_one(first, scans[i]);
        else if (!scans[i]->known)
            bill_judge_one(judge, scans[i]);
    }
}

bool judged_bill_is_changed(const struct judged_bill *bill)
{
    return bill->is.linked != bill->was.linked;
}

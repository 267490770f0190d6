#include "packing/judge.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bag/rules.h"
#include "base/text.h"
#include "family/family_match.h"

static const struct packing_other *judge_find_other(const struct packing_judge *judge, int64_t id)
{
    const struct packing_other *others = judge->others.items;

    for (size_t i = 0; i < judge->others.count; i++)
        if (others[i].id == id)
            return &others[i];
    return NULL;
}

/* The parent that a child is in, whether a scan names it or not. */
static struct packing_other judge_parent_of(
    const struct packing_judge *judge, const struct judged_bag *child)
{
    const struct judged_bag *named = judged_bag_find_by_id(&judge->bags, child->is.parent_id);
    const struct packing_other *other = judge_find_other(judge, child->is.parent_id);

    assert(named || other);
    return named ? (struct packing_other){ named->id, named->code, named->is.area_id } : *other;
}

/* NULL: the parent is on none. */
static struct packing_bill *judge_bill_of(
    const struct packing_judge *judge, const struct judged_bag *parent)
{
    struct packing_bill *bills = judge->bills.items;

    for (size_t i = 0; parent->is.bill_id != NO_I64 && i < judge->bills.count; i++)
        if (bills[i].id == parent->is.bill_id)
            return &bills[i];
    return NULL;
}

/* Why the parent takes nothing from this person; VERDICT_NONE: it may. */
static enum verdict judge_refuse_parent(
    const struct judged_bag *parent, const struct packing_scan *scan)
{
    if (parent->is.kind != BAG_KIND_PARENT)
        return VERDICT_NOT_A_PARENT;
    return area_allows(scan->area_id, parent->is.area_id) ? VERDICT_NONE : VERDICT_OTHER_AREA;
}

static enum verdict judge_refuse_unknown_child(const struct packing_judge *judge, const char *code)
{
    return family_find_by_code(&judge->bags.families, code) ? VERDICT_IS_PARENT
        : bag_is_child_code(code)                           ? VERDICT_NONE
                                                            : VERDICT_BAD_CODE;
}

/* Of a child that is in a parent. What is of another area is told nothing about, not even where. */
static enum verdict judge_refuse_packed_child(const struct packing_judge *judge,
    const struct judged_bag *child, const struct judged_bag *parent, struct packing_scan *scan)
{
    if (child->is.parent_id == parent->id)
        return VERDICT_ALREADY_HERE;

    const struct packing_other in = judge_parent_of(judge, child);

    if (!area_allows(scan->area_id, child->is.area_id) || !area_allows(scan->area_id, in.area_id))
        return VERDICT_OTHER_AREA;

    scan->other_id = in.id;
    scan->where = in.code;
    return VERDICT_ELSEWHERE;
}

static enum verdict judge_refuse_child(const struct packing_judge *judge,
    const struct judged_bag *child, const struct judged_bag *parent, struct packing_scan *scan)
{
    if (child->is.kind == BAG_KIND_PARENT)
        return VERDICT_IS_PARENT;
    if (!child->is.kind)
        return judge_refuse_unknown_child(judge, child->code);
    if (child->is.parent_id != NO_I64)
        return judge_refuse_packed_child(judge, child, parent, scan);
    return area_allows(scan->area_id, child->is.area_id) ? VERDICT_NONE : VERDICT_OTHER_AREA;
}

static enum verdict judge_refuse_place(
    const struct packing_judge *judge, const struct judged_bag *parent)
{
    const struct packing_bill *bill = judge_bill_of(judge, parent);

    if (bill && bill->closed)
        return VERDICT_BILL_CLOSED;
    return parent->is.status == BAG_STATUS_COMPLETED ? VERDICT_FULL : VERDICT_NONE;
}

static enum verdict judge_refuse(const struct packing_judge *judge, const struct judged_bag *parent,
    const struct judged_bag *child, struct packing_scan *scan)
{
    enum verdict refusal = judge_refuse_parent(parent, scan);

    if (!refusal)
        refusal = judge_refuse_child(judge, child, parent, scan);
    return refusal ? refusal : judge_refuse_place(judge, parent);
}

static void judge_link(const struct packing_judge *judge, struct judged_bag *parent,
    struct judged_bag *child, struct packing_scan *scan, int64_t order)
{
    struct packing_bill *bill = judge_bill_of(judge, parent);

    scan->child_created = !child->is.kind;
    if (scan->child_created)
        judged_bag_make_child(child, scan->user_id, scan->area_id);
    child->is.parent_id = parent->id;
    child->is.weight_g = parent->child_weight_g;
    child->order = order;
    parent->is.child_count++;
    parent->is.weight_g += parent->child_weight_g;
    parent->is.status = bag_status_of(parent->is.child_count, parent->capacity, false);
    if (bill) {
        bill->children++;
        bill->weight_g += parent->child_weight_g;
    }
    judged_bag_mark_changed(child, scan->user_id, scan->area_id);
    judged_bag_mark_changed(parent, scan->user_id, scan->area_id);
}

static void judge_scan_one(struct packing_judge *judge, struct packing_scan *scan, int64_t order)
{
    struct judged_bag *parent = judged_bag_find(&judge->bags, scan->parent);
    struct judged_bag *child = judged_bag_find(&judge->bags, scan->child);

    scan->where = NULL;
    scan->child_created = false;
    scan->other_id = NO_I64;
    judged_bag_make_parent(&judge->bags, parent, scan->user_id, scan->area_id);
    scan->verdict = judge_refuse(judge, parent, child, scan);
    if (!scan->verdict) {
        scan->verdict = VERDICT_LINKED;
        judge_link(judge, parent, child, scan, order);
    }

    const bool is_parent = parent->is.kind == BAG_KIND_PARENT;

    scan->parent_id = judged_bag_id(parent);
    scan->child_id = judged_bag_id(child);
    scan->held = is_parent ? parent->is.child_count : 0;
    scan->capacity = is_parent ? parent->capacity : 0;
    scan->closed = is_parent && parent->is.status == BAG_STATUS_COMPLETED;
}

/* Whether `scanned`, both codes with a blank between, is what was scanned now. */
static bool judge_is_scanned(const char *scanned, const struct packing_scan *scan)
{
    const size_t length = strlen(scan->parent);

    return scanned && strncmp(scanned, scan->parent, length) == 0 && scanned[length] == ' '
        && strcmp(scanned + length + 1, scan->child) == 0;
}

/* Of the same kind, person, parent and child. A code that is gone can't be compared. */
static bool judge_is_same(const struct earlier_scan *earlier, const struct packing_scan *scan)
{
    if (earlier->kind != SCAN_KIND_LINK || earlier->user_id != scan->user_id)
        return false;
    if (!earlier->parent_known || !earlier->child_known)
        return judge_is_scanned(earlier->scanned, scan);
    return (!earlier->parent || earlier_scan_code_matches(earlier->parent, scan->parent))
        && (!earlier->child || earlier_scan_code_matches(earlier->child, scan->child));
}

/* Nothing is told about the scan that has the id. */
static void judge_repeat(const struct earlier_scan *earlier, struct packing_scan *scan)
{
    scan->known = true;
    scan->id_reused = !judge_is_same(earlier, scan);
    if (scan->id_reused)
        return;

    scan->verdict = earlier->verdict;
    scan->held = earlier->held;
    scan->capacity = earlier->capacity;
    scan->closed = earlier->closed;
    scan->where = scan->verdict == VERDICT_ELSEWHERE ? earlier->other : NULL;
}

/* The scan before the `n`th that has its id; NULL: there is none. */
static const struct packing_scan *judge_find_same(struct packing_scan *const *scans, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (memcmp(scans[i]->id, scans[n]->id, sizeof scans[n]->id) == 0)
            return scans[i];
    return NULL;
}

/* A scan that came twice at once. */
static void judge_repeat_one(const struct packing_scan *first, struct packing_scan *scan)
{
    const struct earlier_scan earlier = { .kind = SCAN_KIND_LINK,
        .verdict = first->verdict,
        .user_id = first->user_id,
        .parent = first->parent,
        .child = first->child,
        .other = first->where,
        .parent_known = true,
        .child_known = true,
        .held = first->held,
        .capacity = first->capacity,
        .closed = first->closed };

    judge_repeat(&earlier, scan);
}

void packing_judge_scans(
    struct packing_judge *judge, struct packing_scan *const *scans, size_t count)
{
    const struct earlier_scan *earlier = judge->earlier.items;

    /* A batch that lost a race is decided once more. */
    for (size_t i = 0; i < count; i++)
        scans[i]->known = scans[i]->id_reused = false;
    for (size_t i = 0; i < judge->earlier.count; i++)
        judge_repeat(&earlier[i], scans[earlier[i].n - 1]);
    for (size_t i = 0; i < count; i++) {
        const struct packing_scan *first = scans[i]->known ? NULL : judge_find_same(scans, i);

        if (first)
            judge_repeat_one(first, scans[i]);
        else if (!scans[i]->known)
            judge_scan_one(judge, scans[i], (int64_t)i + 1);
    }
}

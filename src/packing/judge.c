#include "packing/judge.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bag/rules.h"
#include "base/text.h"
#include "family/family_match.h"

static int judge_compare_code(const void *code, const void *bag)
{
    return strcmp(code, ((const struct judge_bag *)bag)->code);
}

struct judge_bag *judge_bag(const struct judge *judge, const char *code)
{
    struct judge_bag *bag =
        bsearch(code, judge->bags, judge->bags_count, sizeof *bag, judge_compare_code);

    assert(bag);
    return bag;
}

static const struct judge_other *judge_find_other(const struct judge *judge, int64_t id)
{
    const struct judge_other *others = judge->others.items;

    for (size_t i = 0; i < judge->others.count; i++)
        if (others[i].id == id)
            return &others[i];
    return NULL;
}

static const struct judge_bag *judge_find_by_id(const struct judge *judge, int64_t id)
{
    for (size_t i = 0; i < judge->bags_count; i++)
        if (judge->bags[i].id == id)
            return &judge->bags[i];
    return NULL;
}

/* A child in a parent. */
static bool judge_is_packed(const struct judge_state *state)
{
    return state->kind == BAG_KIND_CHILD && state->parent_id != NO_I64;
}

/* The parent that a child is in, whether a scan names it or not. */
static struct judge_other judge_parent_of(const struct judge *judge, const struct judge_bag *child)
{
    const struct judge_bag *named = judge_find_by_id(judge, child->is.parent_id);
    const struct judge_other *other = judge_find_other(judge, child->is.parent_id);

    assert(named || other);
    return named ? (struct judge_other){ named->id, named->code, named->is.area_id } : *other;
}

static bool judge_bill_is_closed(const struct judge *judge, int64_t bill_id)
{
    const struct judge_bill *bills = judge->bills.items;

    for (size_t i = 0; bill_id != NO_I64 && i < judge->bills.count; i++)
        if (bills[i].id == bill_id)
            return bills[i].closed;
    return false;
}

/* A well-formed code that nobody has scanned before makes its parent. */
static void judge_make_parent(
    const struct judge *judge, struct judge_bag *bag, const struct judge_scan *scan)
{
    const struct family *family = family_of(&judge->families, bag->code);

    if (bag->is.kind || !family)
        return;

    bag->family_id = family->id;
    bag->capacity = family_capacity(family, bag->code);
    bag->child_weight_g = family->child_weight_kg;
    bag->created_by = bag->changed_by = scan->user_id;
    bag->is = (struct judge_state){ .kind = BAG_KIND_PARENT,
        .status = BAG_STATUS_PENDING,
        .parent_id = NO_I64,
        .area_id = scan->area_id ? scan->area_id : NO_I64 };
}

/* Why the parent takes nothing from this person; VERDICT_NONE: it may. */
static enum verdict judge_refuse_parent(
    const struct judge_bag *parent, const struct judge_scan *scan)
{
    if (parent->is.kind != BAG_KIND_PARENT)
        return VERDICT_NOT_A_PARENT;
    return area_allows(scan->area_id, parent->is.area_id) ? VERDICT_NONE : VERDICT_OTHER_AREA;
}

static enum verdict judge_refuse_unknown_child(const struct judge *judge, const char *code)
{
    return family_of(&judge->families, code) ? VERDICT_IS_PARENT
        : bag_is_child_code(code)            ? VERDICT_NONE
                                             : VERDICT_BAD_CODE;
}

static void judge_name(struct judge_scan *scan, const char *where)
{
    snprintf(scan->where, sizeof scan->where, "%s", where ? where : "");
}

/* Of a child that is in a parent. What is of another area is told nothing about, not even where. */
static enum verdict judge_refuse_packed_child(const struct judge *judge,
    const struct judge_bag *child, const struct judge_bag *parent, struct judge_scan *scan)
{
    if (child->is.parent_id == parent->id)
        return VERDICT_ALREADY_HERE;

    const struct judge_other in = judge_parent_of(judge, child);

    if (!area_allows(scan->area_id, child->is.area_id) || !area_allows(scan->area_id, in.area_id))
        return VERDICT_OTHER_AREA;

    scan->other_id = in.id;
    judge_name(scan, in.code);
    return VERDICT_ELSEWHERE;
}

static enum verdict judge_refuse_child(const struct judge *judge, const struct judge_bag *child,
    const struct judge_bag *parent, struct judge_scan *scan)
{
    if (child->is.kind == BAG_KIND_PARENT)
        return VERDICT_IS_PARENT;
    if (!child->is.kind)
        return judge_refuse_unknown_child(judge, child->code);
    if (child->is.parent_id != NO_I64)
        return judge_refuse_packed_child(judge, child, parent, scan);
    return area_allows(scan->area_id, child->is.area_id) ? VERDICT_NONE : VERDICT_OTHER_AREA;
}

static enum verdict judge_refuse_place(const struct judge *judge, const struct judge_bag *parent)
{
    if (judge_bill_is_closed(judge, parent->bill_id))
        return VERDICT_BILL_CLOSED;
    return parent->is.status == BAG_STATUS_COMPLETED ? VERDICT_FULL : VERDICT_NONE;
}

static enum verdict judge_refuse(const struct judge *judge, const struct judge_bag *parent,
    const struct judge_bag *child, struct judge_scan *scan)
{
    enum verdict refusal = judge_refuse_parent(parent, scan);

    if (!refusal)
        refusal = judge_refuse_child(judge, child, parent, scan);
    return refusal ? refusal : judge_refuse_place(judge, parent);
}

/* A bag takes the area of the first person who has one. */
static void judge_touch(struct judge_bag *bag, const struct judge_scan *scan)
{
    bag->touched = true;
    bag->changed_by = scan->user_id;
    if (bag->is.area_id == NO_I64 && scan->area_id)
        bag->is.area_id = scan->area_id;
}

static void judge_link(
    struct judge_bag *parent, struct judge_bag *child, const struct judge_scan *scan, int64_t order)
{
    if (!child->is.kind) {
        child->created_by = scan->user_id;
        child->is = (struct judge_state){ .kind = BAG_KIND_CHILD, .area_id = NO_I64 };
    }
    child->is.parent_id = parent->id;
    child->is.weight_g = parent->child_weight_g;
    child->order = order;
    parent->is.child_count++;
    parent->is.weight_g += parent->child_weight_g;
    parent->is.status = bag_status_of(parent->is.child_count, parent->capacity, false);
    judge_touch(child, scan);
    judge_touch(parent, scan);
}

static int64_t judge_id_of(const struct judge_bag *bag)
{
    return bag->is.kind ? bag->id : NO_I64;
}

static void judge_scan_one(struct judge *judge, struct judge_scan *scan, int64_t order)
{
    struct judge_bag *parent = judge_bag(judge, scan->parent);
    struct judge_bag *child = judge_bag(judge, scan->child);

    scan->other_id = NO_I64;
    judge_make_parent(judge, parent, scan);
    scan->verdict = judge_refuse(judge, parent, child, scan);
    if (!scan->verdict) {
        scan->verdict = VERDICT_LINKED;
        judge_link(parent, child, scan, order);
    }

    const bool is_parent = parent->is.kind == BAG_KIND_PARENT;

    scan->parent_id = judge_id_of(parent);
    scan->child_id = judge_id_of(child);
    scan->held = is_parent ? parent->is.child_count : 0;
    scan->capacity = is_parent ? parent->capacity : 0;
    scan->closed = is_parent && parent->is.status == BAG_STATUS_COMPLETED;
}

static bool judge_is_text(const char *one, const char *other)
{
    return one && other && strcmp(one, other) == 0;
}

/* Whether `scanned`, both codes with a blank between, is what was scanned now. */
static bool judge_is_scanned(const char *scanned, const struct judge_scan *scan)
{
    const size_t length = strlen(scan->parent);

    return scanned && strncmp(scanned, scan->parent, length) == 0 && scanned[length] == ' '
        && strcmp(scanned + length + 1, scan->child) == 0;
}

/* Of the same kind, person, parent and child. A code that is gone can't be compared. */
static bool judge_is_same(const struct judge_earlier *earlier, const struct judge_scan *scan)
{
    if (earlier->kind != SCAN_KIND_LINK || earlier->user_id != scan->user_id)
        return false;
    if (!earlier->parent_known || !earlier->child_known)
        return judge_is_scanned(earlier->scanned, scan);
    return (!earlier->parent || judge_is_text(earlier->parent, scan->parent))
        && (!earlier->child || judge_is_text(earlier->child, scan->child));
}

/* Nothing is told about the scan that has the id. */
static void judge_repeat(const struct judge_earlier *earlier, struct judge_scan *scan)
{
    scan->known = true;
    scan->id_reused = !judge_is_same(earlier, scan);
    if (scan->id_reused)
        return;

    scan->verdict = earlier->verdict;
    scan->held = earlier->held;
    scan->capacity = earlier->capacity;
    scan->closed = earlier->closed;
    judge_name(scan, scan->verdict == VERDICT_ELSEWHERE ? earlier->other : NULL);
}

/* The scan before the `n`th that has its id; NULL: there is none. */
static const struct judge_scan *judge_find_same(struct judge_scan *const *scans, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (memcmp(scans[i]->id, scans[n]->id, sizeof scans[n]->id) == 0)
            return scans[i];
    return NULL;
}

/* A scan that came twice at once. */
static void judge_repeat_one(const struct judge_scan *first, struct judge_scan *scan)
{
    const struct judge_earlier earlier = { .kind = SCAN_KIND_LINK,
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

void judge_scans(struct judge *judge, struct judge_scan *const *scans, size_t count)
{
    const struct judge_earlier *earlier = judge->earlier.items;

    for (size_t i = 0; i < judge->earlier.count; i++)
        judge_repeat(&earlier[i], scans[earlier[i].n - 1]);
    for (size_t i = 0; i < count; i++) {
        const struct judge_scan *first = scans[i]->known ? NULL : judge_find_same(scans, i);

        if (first)
            judge_repeat_one(first, scans[i]);
        else if (!scans[i]->known)
            judge_scan_one(judge, scans[i], (int64_t)i + 1);
    }
}

bool judge_is_new(const struct judge_bag *bag)
{
    return bag->is.kind && !bag->was.kind;
}

bool judge_is_changed(const struct judge_bag *bag)
{
    return bag->was.kind && bag->touched;
}

/* 1 where the bag is something now, -1 where it was, 0 where it was and is. */
static int64_t judge_gain(bool is, bool was)
{
    return (int64_t)is - (int64_t)was;
}

struct counter_change judge_totals(const struct judge *judge)
{
    struct counter_change change = { 0 };

    for (size_t i = 0; i < judge->bags_count; i++) {
        const struct judge_state *is = &judge->bags[i].is, *was = &judge->bags[i].was;

        change.parents += judge_gain(is->kind == BAG_KIND_PARENT, was->kind == BAG_KIND_PARENT);
        change.children += judge_gain(is->kind == BAG_KIND_CHILD, was->kind == BAG_KIND_CHILD);
        change.linked += judge_gain(judge_is_packed(is), judge_is_packed(was));
        change.in_progress +=
            judge_gain(is->status == BAG_STATUS_IN_PROGRESS, was->status == BAG_STATUS_IN_PROGRESS);
        change.completed +=
            judge_gain(is->status == BAG_STATUS_COMPLETED, was->status == BAG_STATUS_COMPLETED);
    }
    return change;
}

#include "judge/judged_bag.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "family/family_match.h"

static int judged_bag_compare(const void *code, const void *bag)
{
    return strcmp(code, ((const struct judged_bag *)bag)->code);
}

struct judged_bag *judged_bag_find(const struct judged_bags *bags, const char *code)
{
    struct judged_bag *bag =
        bsearch(code, bags->items, bags->count, sizeof *bag, judged_bag_compare);

    assert(bag);
    return bag;
}

const struct judged_bag *judged_bag_find_by_id(const struct judged_bags *bags, int64_t id)
{
    for (size_t i = 0; i < bags->count; i++)
        if (bags->items[i].id == id)
            return &bags->items[i];
    return NULL;
}

int64_t judged_bag_id(const struct judged_bag *bag)
{
    return bag->is.kind ? bag->id : NO_I64;
}

bool judged_bag_make_parent(
    const struct judged_bags *bags, struct judged_bag *bag, int64_t user_id, int64_t area_id)
{
    const struct family *family =
        bag->is.kind ? NULL : family_find_by_code(&bags->families, bag->code);

    if (!family)
        return false;

    bag->family_id = family->id;
    bag->capacity = family_capacity(family, bag->code);
    bag->child_weight_g = family->child_weight_kg;
    bag->expected_g = bag->capacity * bag->child_weight_g;
    bag->created_by = bag->changed_by = user_id;
    bag->is = (struct bag_state){ .kind = BAG_KIND_PARENT,
        .status = BAG_STATUS_PENDING,
        .parent_id = NO_I64,
        .bill_id = NO_I64,
        .area_id = area_id ? area_id : NO_I64 };
    return true;
}

void judged_bag_make_child(struct judged_bag *bag, int64_t user_id, int64_t area_id)
{
    bag->created_by = bag->changed_by = user_id;
    bag->is = (struct bag_state){ .kind = BAG_KIND_CHILD,
        .parent_id = NO_I64,
        .bill_id = NO_I64,
        .area_id = area_id ? area_id : NO_I64 };
}

void judged_bag_mark_changed(struct judged_bag *bag, int64_t user_id, int64_t area_id)
{
    bag->touched = true;
    bag->changed_by = user_id;
    if (bag->is.area_id == NO_I64 && area_id)
        bag->is.area_id = area_id;
}

bool judged_bag_is_new(const struct judged_bag *bag)
{
    return bag->is.kind && !bag->was.kind;
}

bool judged_bag_is_changed(const struct judged_bag *bag)
{
    return bag->was.kind && bag->touched;
}

/* A child in a parent. */
static bool judged_bag_is_packed(const struct bag_state *state)
{
    return state->kind == BAG_KIND_CHILD && state->parent_id != NO_I64;
}

/* 1 where the bag is something now, -1 where it was, 0 where it was and is. */
static int64_t judged_bag_gain(bool is, bool was)
{
    return (int64_t)is - (int64_t)was;
}

static void judged_bag_count(struct counter_change *change, const struct judged_bag *bag)
{
    const struct bag_state *is = &bag->is, *was = &bag->was;

    change->parents += judged_bag_gain(is->kind == BAG_KIND_PARENT, was->kind == BAG_KIND_PARENT);
    change->children += judged_bag_gain(is->kind == BAG_KIND_CHILD, was->kind == BAG_KIND_CHILD);
    change->linked += judged_bag_gain(judged_bag_is_packed(is), judged_bag_is_packed(was));
    change->in_progress += judged_bag_gain(
        is->status == BAG_STATUS_IN_PROGRESS, was->status == BAG_STATUS_IN_PROGRESS);
    change->completed +=
        judged_bag_gain(is->status == BAG_STATUS_COMPLETED, was->status == BAG_STATUS_COMPLETED);
}

struct counter_change judged_bags_totals(const struct judged_bags *bags)
{
    struct counter_change change = { 0 };

    for (size_t i = 0; i < bags->count; i++)
        judged_bag_count(&change, &bags->items[i]);
    return change;
}

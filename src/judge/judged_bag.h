/*
 * Judged bag: a bag as it is stored, and as it has to become.
 *
 * A judge is given every bag that its batch names, decides one item after the other, and leaves in
 * `is` what each has become; the difference to `was` is what there is to write (bag_store.h).
 */
#ifndef JUDGE_JUDGED_BAG_H
#define JUDGE_JUDGED_BAG_H

#include "bag/bag_words.h"
#include "base/shape.h"
#include "family/family.h"
#include "stats/counter.h"

struct bag_state {
    enum bag_kind kind; /* BAG_KIND_NONE: there is no bag with this code */
    enum bag_status status; /* of a parent */
    int64_t parent_id; /* of a child; NO_I64: it is free */
    int64_t bill_id; /* of a parent; NO_I64: it is on none */
    int64_t area_id; /* NO_I64: anybody's */
    int64_t child_count, weight_g;
};

struct judged_bag {
    const char *code;
    int64_t id; /* of one that isn't stored: what it would get */
    int64_t family_id, capacity, child_weight_g, expected_g; /* of a parent */
    struct bag_state was, is;
    int64_t created_by; /* of a new one */
    int64_t changed_by; /* who was the last to touch it */
    bool touched; /* by one of the items */
    int64_t order; /* of a child that was put into a parent: its item's place among all, from 1 */
};

struct judged_bags {
    struct judged_bag *items; /* every code that the batch names, once, in the order of strcmp() */
    size_t count;
    struct list families; /* struct family */
};

/* The bag with this code, which one of the items names; and the one with this id, or NULL. */
struct judged_bag *judged_bag_find(const struct judged_bags *bags, const char *code);
const struct judged_bag *judged_bag_find_by_id(const struct judged_bags *bags, int64_t id);

/* Whose id a scan is logged with: NO_I64 when the code is no bag. */
int64_t judged_bag_id(const struct judged_bag *bag);

/* What is no bag becomes a parent, if the code is of a family; returns whether it has. */
bool judged_bag_make_parent(
    const struct judged_bags *bags, struct judged_bag *bag, int64_t user_id, int64_t area_id);

/* What is no bag becomes a child, which is in no parent yet. */
void judged_bag_make_child(struct judged_bag *bag, int64_t user_id, int64_t area_id);

/* Somebody has changed it. It takes the area of the first person who has one (0: has none). */
void judged_bag_touch(struct judged_bag *bag, int64_t user_id, int64_t area_id);

bool judged_bag_is_new(const struct judged_bag *bag);
bool judged_bag_is_changed(const struct judged_bag *bag);

/* How the totals of bags change by all that. */
struct counter_change judged_bags_totals(const struct judged_bags *bags);

#endif

/*
 * Judged bag: a bag before and after the scans of one batch, while they are decided.
 *
 * A parent is a large bag that holds child bags; a scan is one reading of a bag's label; a batch is
 * the scans that are stored in one transaction. A judge is the code that decides them, one after
 * the other, in plain C without database (packing/judge.h). It gets every bag whose code the batch
 * has and changes `is` of each; where that differs from `was`, it is written afterwards
 * (bag_store.h). A family is a kind of parent: the form of its codes, its capacity, the weight of a
 * child. An area is a part of the organisation that a bag and a user may belong to.
 */
#ifndef JUDGE_JUDGED_BAG_H
#define JUDGE_JUDGED_BAG_H

#include "bag/bag_words.h"
#include "base/shape.h"
#include "family/family.h"
#include "stats/counter.h"

/* The columns of a bag that scans change. */
struct bag_state {
    enum bag_kind kind; /* parent or child; BAG_KIND_NONE: there is no bag with this code */
    enum bag_status status; /* of a parent: pending (empty), in progress or completed */
    int64_t parent_id; /* of a child: the parent that it is in; NO_I64: none */
    int64_t bill_id; /* of a parent: the dispatch bill that it is on; NO_I64: none */
    int64_t area_id; /* NO_I64: none, so users of every area may change it */
    int64_t child_count, weight_g; /* children in a parent; their grams, or the grams of a child */
};

/* A bag whose code the batch has, or a code that no bag has yet. */
struct judged_bag {
    const char *code; /* the text on its label */
    int64_t id; /* row id; of a bag that is not stored: the id reserved for it */
    /* Of a parent: its family, most children, grams of each child, grams of the full parent. */
    int64_t family_id, capacity, child_weight_g, expected_g;
    struct bag_state was; /* as fetched; was.kind is 0 if no bag has the code yet */
    struct bag_state is; /* as it has to be stored */
    int64_t created_by; /* user id, if the batch creates it */
    int64_t changed_by; /* user id of the last person to change it */
    bool touched; /* the batch has changed `is`, perhaps back to what it was: its row is written */
    int64_t order; /* of a child put into a parent: the number of its scan in the batch, from 1 */
};

/* All bags and codes of the batch. */
struct judged_bags {
    struct judged_bag *items; /* one for each code, in the order of strcmp() */
    size_t count;
    struct list families; /* struct family, all of the organisation: for new parents */
};

/* The bag with this code, which must be one of the batch's codes (asserted). Never NULL. */
struct judged_bag *judged_bag_find(const struct judged_bags *bags, const char *code);

/* The bag with this row id; NULL if it is none of the batch's bags. */
const struct judged_bag *judged_bag_find_by_id(const struct judged_bags *bags, int64_t id);

/* The bag's id for the history of scans; NO_I64 while there is no bag with its code. */
int64_t judged_bag_id(const struct judged_bag *bag);

/* Make *bag a new, empty parent, if no bag has its code yet and the code has the form of one of the
 * families. Otherwise change nothing and return false. `user_id` is recorded as its creator;
 * `area_id` is that user's area, 0 for none. Nothing is written yet. */
bool judged_bag_make_parent(
    const struct judged_bags *bags, struct judged_bag *bag, int64_t user_id, int64_t area_id);

/* Make *bag a new child, which is in no parent. The caller has checked that no bag has its code
 * yet. `user_id` is recorded as its creator; `area_id` is that user's area, 0 for none. */
void judged_bag_make_child(struct judged_bag *bag, int64_t user_id, int64_t area_id);

/* Mark the bag as changed by this user, so that it is written. A bag without an area gets
 * `area_id`, the user's area, unless that is 0 (none). */
void judged_bag_mark_changed(struct judged_bag *bag, int64_t user_id, int64_t area_id);

/* Whether the batch creates the bag, so that its row has to be inserted. */
bool judged_bag_is_new(const struct judged_bag *bag);

/* Whether the bag is stored and was marked as changed, so that its row has to be updated. */
bool judged_bag_is_changed(const struct judged_bag *bag);

/* By how much the batch changes the organisation's totals of bags: parents, children, linked,
 * in_progress and completed (stats/counter.h). The other members of the result are 0. */
struct counter_change judged_bags_totals(const struct judged_bags *bags);

#endif

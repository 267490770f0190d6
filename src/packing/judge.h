/*
 * Judge: the rules of packing, in plain C with no database in sight.
 *
 * It is given what is stored of each bag that the scans name, and decides one scan after the other,
 * each by what those before it have left: so the first who come take the last places. What is to be
 * written is how each bag differs from what it was. Fetching, locking and writing are elsewhere
 * (store.h); here nothing can fail.
 */
#ifndef PACKING_JUDGE_H
#define PACKING_JUDGE_H

#include "bag/bag_words.h"
#include "bag/verdict.h"
#include "family/family.h"
#include "stats/counter.h"

#define BAG_CODE_ROOM 24 /* a stored bag's code, of 20 characters at most, and its end */

/* A child scanned into a parent. */
struct judge_scan {
    /* in: set by the caller, texts live until the scan is answered */
    unsigned char id[16]; /* made by the device */
    const char *parent, *child; /* as bag_code_clean() gives them */
    int64_t at_us; /* the device's time, microseconds since 1970; NO_I64 when it didn't say */
    int64_t user_id;
    int64_t area_id; /* 0: any area */

    /* out */
    bool known; /* answered before: this is the first answer, and nothing is to be done */
    bool id_reused; /* the id is another scan's: there is no verdict */
    enum verdict verdict;
    char where[BAG_CODE_ROOM]; /* VERDICT_ELSEWHERE: the other parent */
    int64_t held, capacity; /* of the parent, just after this scan; capacity 0: there is none */
    bool closed; /* the parent is completed */
    int64_t parent_id, child_id, other_id; /* NO_I64: no bag of ours */
};

/* What packing changes of a bag. */
struct judge_state {
    enum bag_kind kind; /* BAG_KIND_NONE: there is no bag with this code */
    enum bag_status status; /* of a parent */
    int64_t parent_id; /* of a child; NO_I64: it is free */
    int64_t area_id; /* NO_I64: anybody's */
    int64_t child_count, weight_g;
};

struct judge_bag {
    const char *code;
    int64_t id; /* of one that isn't stored: what it would get */
    int64_t family_id, bill_id; /* of a parent; NO_I64: on no bill */
    int64_t capacity, child_weight_g; /* of a parent */
    struct judge_state was, is;
    int64_t created_by; /* of a new one */
    int64_t changed_by; /* who was the last to touch it */
    bool touched; /* by one of the scans */
    int64_t order; /* of a child that was put into a parent: its scan's place among all, from 1 */
};

/* A parent that none of the scans names, with a child in it that one does. */
struct judge_other {
    int64_t id;
    const char *code;
    int64_t area_id; /* NO_I64: anybody's */
};

struct judge_bill {
    int64_t id;
    bool closed; /* completed */
};

/* A scan that was answered before. A code is NULL where the bag isn't ours, or is gone. */
struct judge_earlier {
    int64_t n; /* which scan has its id, from 1 */
    enum scan_kind kind;
    enum verdict verdict;
    int64_t user_id;
    const char *parent, *child, *other;
    bool parent_known, child_known; /* it had such a bag; else `scanned` is both codes */
    const char *scanned;
    int64_t held, capacity;
    bool closed;
};

struct judge {
    struct judge_bag *bags; /* every code that the scans name, once, in the order of strcmp() */
    size_t bags_count;
    struct list families, others, bills, earlier; /* of the structs above */
};

/* The bag with this code, which one of the scans names. */
struct judge_bag *judge_bag(const struct judge *judge, const char *code);

/* Decide all scans, in their order. */
void judge_scans(struct judge *judge, struct judge_scan *const *scans, size_t count);

/* What the scans have made of the bags: some are new, and some that were there are changed. */
bool judge_is_new(const struct judge_bag *bag);
bool judge_is_changed(const struct judge_bag *bag);

/* How the totals change by all that. `scans` is none of them: not everything that is judged is one.
 */
struct counter_change judge_totals(const struct judge *judge);

#endif

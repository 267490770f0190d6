/*
 * Packing judge: decides whether scanned child bags may be put into parent bags, in plain C without
 * database.
 *
 * A parent is a large bag that holds child bags; a scan is one reading of a child's label while a
 * parent is open on the device; the verdict is the scan's result (bag/verdict.def). The scans of
 * one batch, which are stored in one transaction, are decided in their order, each by what those
 * before it have changed, so the first to come take the last places. Each bag has its state as
 * fetched and as decided (judge/judged_bag.h): packing/store.h fetches, locks, and writes the
 * difference.
 */
#ifndef PACKING_JUDGE_H
#define PACKING_JUDGE_H

#include "judge/earlier_scan.h"
#include "judge/judged_bag.h"

/* A child scanned into a parent: the request, and the answer. */
struct packing_scan {
    /* in: set by the caller; the texts live until the scan is answered */
    struct arena *arena; /* memory for the answer; nobody else uses it meanwhile */
    unsigned char id[16]; /* UUID made by the device, which sends it again to repeat the scan */
    const char *parent, *child; /* their codes, from bag_code_clean() */
    int64_t at_us; /* when, by the device's clock: microseconds since 1970; NO_I64: unknown */
    int64_t user_id; /* who scanned */
    int64_t area_id; /* the only area whose bags this user may change; 0: any */

    /* out */
    bool known; /* this id was answered before: this is that answer, and nothing is stored */
    bool id_reused; /* the id belongs to a different scan: there is no verdict */
    enum verdict verdict; /* VERDICT_LINKED: the child was put into the parent; else why not */
    const char *where; /* VERDICT_ELSEWHERE: code of the parent that the child is in; else NULL */
    int64_t held, capacity; /* the parent after it: children, and most; 0: no such parent */
    bool closed; /* the parent is completed: it takes no more children */
    bool child_created; /* VERDICT_LINKED: there was no such child before; not set if `known` */
    /* Row ids for the history, not set if `known`; NO_I64: no such bag; `other` is of `where`. */
    int64_t parent_id, child_id, other_id;
};

/* A parent that was not scanned in this batch, but holds a child that was. */
struct packing_other {
    int64_t id;
    const char *code;
    int64_t area_id; /* the area that it belongs to; NO_I64: none */
};

/* A bill (dispatch document) that parents of the batch are on, and what the scans add to it. */
struct packing_bill {
    int64_t id;
    bool closed; /* it is completed: its parents take no more children */
    int64_t children, weight_g; /* out: children and grams that the scans add to its parents */
};

/* All that is fetched from the database to decide one batch of scans. */
struct packing_judge {
    struct judged_bags bags; /* every code that was scanned, and the families (kinds of parents) */
    struct list others, bills; /* lists of struct packing_other and of struct packing_bill */
    struct list earlier; /* struct earlier_scan: the answers to ids that were sent before */
};

/* Decide all scans in their order: set the `out` members of each, and change the bags and bills in
 * *judge to what has to be stored. A repeated id gets its first answer again. Can't fail. */
void packing_judge_scans(
    struct packing_judge *judge, struct packing_scan *const *scans, size_t count);

#endif

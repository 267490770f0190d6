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

#include "judge/earlier_scan.h"
#include "judge/judged_bag.h"

/* A child scanned into a parent. */
struct packing_scan {
    /* in: set by the caller, texts live until the scan is answered */
    struct arena *arena; /* for what the answer needs; nobody else uses it meanwhile */
    unsigned char id[16]; /* made by the device */
    const char *parent, *child; /* as bag_code_clean() gives them */
    int64_t at_us; /* the device's time, microseconds since 1970; NO_I64 when it didn't say */
    int64_t user_id;
    int64_t area_id; /* 0: any area */

    /* out */
    bool known; /* answered before: this is the first answer, and nothing is to be done */
    bool id_reused; /* the id is another scan's: there is no verdict */
    enum verdict verdict;
    const char *where; /* VERDICT_ELSEWHERE: the other parent, in `arena`; else NULL */
    int64_t held, capacity; /* of the parent, just after this scan; capacity 0: there is none */
    bool closed; /* the parent is completed */
    int64_t parent_id, child_id, other_id; /* NO_I64: no bag of ours */
};

/* A parent that none of the scans names, with a child in it that one does. */
struct packing_other {
    int64_t id;
    const char *code;
    int64_t area_id; /* NO_I64: anybody's */
};

/* A bill that parents are on. */
struct packing_bill {
    int64_t id;
    bool closed; /* completed */
    int64_t children, weight_g; /* out: what its parents have gained */
};

struct packing_judge {
    struct judged_bags bags;
    struct list others, bills; /* of the structs above; the judge adds to the bills */
    struct list earlier; /* struct earlier_scan */
};

/* Decide all scans, in their order: each gets its verdict, and the bags and bills in *judge become
 * what they have to be stored as. */
void packing_judge_scans(
    struct packing_judge *judge, struct packing_scan *const *scans, size_t count);

#endif

/*
 * Judge: the rules of putting parents on bills, in plain C with no database in sight.
 *
 * As in packing/judge.h, each scan is decided by what those before it have left, and what is to be
 * written is how bags and bills differ from what they were.
 */
#ifndef BILL_JUDGE_H
#define BILL_JUDGE_H

#include "bill/bill.h"
#include "judge/earlier_scan.h"
#include "judge/judged_bag.h"

enum bill_scan_outcome {
    BILL_SCAN_JUDGED,
    BILL_SCAN_NO_BILL,
    BILL_SCAN_ID_USED, /* another scan has this id */
};

/* A parent scanned onto a bill. */
struct bill_scan {
    /* in: set by the caller, texts live until the scan is answered */
    struct arena *arena; /* for what the answer needs; nobody else uses it meanwhile */
    unsigned char id[16]; /* made by the device */
    const char *bill; /* as bill_code_clean() gives it */
    const char *qr; /* as bag_code_clean() gives it */
    int64_t user_id;
    bool create; /* an unknown parent may be made */

    /* out */
    bool known; /* answered before: this is the first answer, and nothing is to be done */
    enum bill_scan_outcome outcome;
    enum verdict verdict; /* the rest is told of a judged scan only */
    const char *where; /* VERDICT_ELSEWHERE: the other bill, in `arena`; else NULL */
    int64_t linked, capacity, children, weight_kg, expected_weight_kg; /* just after this scan */
    bool closed; /* the bill is completed */
    int64_t bag_children, bag_capacity, bag_weight_kg; /* NO_I64 when it is no parent of ours */
    int64_t bill_id, parent_id, child_id, other_id; /* NO_I64: none; `other` is a bill */
};

struct bill_totals {
    enum bill_status status;
    int64_t linked, children, weight_g, expected_g;
};

struct judged_bill {
    int64_t id, capacity;
    const char *code;
    struct bill_totals was, is;
};

/* A bill that none of the scans names, with a bag on it that one does. */
struct other_bill {
    int64_t id;
    const char *code;
};

struct bill_judge {
    struct judged_bags bags;
    struct judged_bill *bills; /* every bill that is named, and is there */
    size_t bills_count;
    struct list others; /* struct other_bill */
    struct list earlier; /* struct earlier_scan */
};

/* Decide all scans, in their order: each gets its verdict, and the bags and bills in *judge become
 * what they have to be stored as. */
void bill_judge_scans(struct bill_judge *judge, struct bill_scan *const *scans, size_t count);

bool judged_bill_is_changed(const struct judged_bill *bill);

#endif

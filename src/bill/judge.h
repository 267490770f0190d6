/*
 * Bill judge: decides whether scanned parent bags may be put on bills, in plain C without database.
 *
 * A parent is a large bag that holds child bags; a scan is one reading of its label; the verdict is
 * the scan's result (bag/verdict.def). The scans of one batch are decided in their order, each by
 * what those before it have changed. Each bag and bill has its state as fetched (`was`) and as
 * decided (`is`): the difference is what store.h writes.
 */
#ifndef BILL_JUDGE_H
#define BILL_JUDGE_H

#include "bill/bill.h"
#include "judge/earlier_scan.h"
#include "judge/judged_bag.h"

/* Whether a scan was decided at all. */
enum bill_scan_outcome {
    BILL_SCAN_JUDGED, /* yes: it has a verdict */
    BILL_SCAN_NO_BILL, /* no: there is no such bill */
    BILL_SCAN_ID_USED, /* no: another scan has this id */
};

/* A parent scanned onto a bill: the request, and the answer. */
struct bill_scan {
    /* in: set by the caller; the texts live until the scan is answered */
    struct arena *arena; /* memory for the answer; nobody else uses it meanwhile */
    unsigned char id[16]; /* UUID made by the device, which sends it again to repeat the scan */
    const char *bill; /* the bill's code, from bill_code_clean() */
    const char *qr; /* the bag's code, from bag_code_clean() */
    int64_t user_id; /* who scanned */
    bool create; /* if there is no such parent yet, create it */

    /* out */
    bool known; /* this id was answered before: this is that answer, and nothing is stored */
    enum bill_scan_outcome outcome;
    /* The rest has a meaning only if it is BILL_SCAN_JUDGED. All weights are grams, _kg too. */
    enum verdict verdict;
    const char *where; /* VERDICT_ELSEWHERE: code of the bill that it is on, else NULL */
    int64_t linked, capacity, children, weight_kg, expected_weight_kg; /* bill, after this scan */
    bool closed; /* the bill is completed */
    int64_t bag_children, bag_capacity, bag_weight_kg; /* of the parent; NO_I64: it is no parent */
    /* Row ids for the history, NO_I64 if none: a bag is parent or child; `other` is a bill. */
    int64_t bill_id, parent_id, child_id, other_id;
};

/* The columns of a bill that scans change. */
struct bill_totals {
    enum bill_status status;
    int64_t linked, children, /* parents on it, and child bags in those */
        weight_g, expected_g; /* grams: actual, and if all its parents were full */
};

/* A bill that a scan of the batch names, before and after the scans. */
struct judged_bill {
    int64_t id; /* of its row */
    int64_t capacity; /* in parents */
    const char *code; /* in call->arena */
    struct bill_totals was, is; /* as fetched; as it has to be stored */
};

/* A bill that a scanned bag was on before the batch: VERDICT_ELSEWHERE, the refusal of a bag that
 * is on another bill, names its code. */
struct other_bill {
    int64_t id;
    const char *code;
};

/* All that is fetched from the database to decide one batch of scans. */
struct bill_judge {
    struct judged_bags bags; /* every code that the scans name, and the families of bags */
    struct judged_bill *bills; /* the bills that the scans name and that exist */
    size_t bills_count;
    struct list others; /* struct other_bill */
    struct list earlier; /* struct earlier_scan: the answers to ids that were sent before */
};

/* Decide all scans in their order: set the `out` members of each, and `is` of the bags and bills in
 * *judge. A repeated id gets its first answer again. Can't fail. */
void bill_judge_scans(struct bill_judge *judge, struct bill_scan *const *scans, size_t count);

/* Whether the scans changed the bill, so that it has to be written. */
bool judged_bill_is_changed(const struct judged_bill *bill);

#endif

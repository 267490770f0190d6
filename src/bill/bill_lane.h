/*
 * Bill lane: parents on their way onto bills.
 *
 * A scan is one item; bill_scan (bill_scan.sql) judges a batch of them. Lanes are chosen by the
 * bill's code, so the scans of one bill keep their order and two lanes seldom meet.
 */
#ifndef BILL_BILL_LANE_H
#define BILL_BILL_LANE_H

#include "bag/verdict.h"
#include "base/json.h"
#include "db/lanes.h"

struct ticket;

enum bill_scan_outcome {
    BILL_SCAN_JUDGED,
    BILL_SCAN_NO_BILL,
    BILL_SCAN_ID_USED, /* another scan has this id */
};

struct bill_scan {
    /* in: set by the caller, texts live until the item is done */
    unsigned char id[16]; /* made by the device */
    const char *bill; /* as bill_code_clean() gives it */
    const char *qr; /* as bag_code_clean() gives it */
    int64_t user_id;
    bool create; /* an unknown parent may be made */

    /* out */
    enum bill_scan_outcome outcome;
    enum verdict verdict; /* the rest is told of a judged scan only */
    char bill_code[204], bag_code[104];
    char where[204]; /* VERDICT_ELSEWHERE: the other bill */
    int64_t linked, capacity, children, weight_kg, expected_weight_kg; /* just after this scan */
    bool closed; /* the bill is completed */
    int64_t bag_children, bag_capacity, bag_weight_kg; /* NO_I64 when it is no parent of ours */
};

struct bill_item {
    struct lane_item item;
    struct ticket *ticket;
    struct bill_scan scan;
};

/* Start the lanes; each has a database session of its own. */
void bill_lanes_start(const char *conninfo, const struct lanes_settings *settings);
void bill_lanes_stop(void);

/* Give an item to its lane. False when that is full; the item is still the caller's then. */
MUST_USE bool bill_lanes_push(struct bill_item *item);

/*
 * Judge the scans here and now, in the call's own transaction: for paths that bill as part of
 * something larger. The same statement, so the same rules. At most 500, no bag and no id twice.
 */
MUST_USE bool bill_judge(struct call *call, struct bill_scan *const *scans, size_t count);

/* "bag": {...} when there is one, and "bill": {...}, both as they were just after the scan. */
void bill_scan_to_json(struct json *json, const struct bill_scan *scan);

#endif

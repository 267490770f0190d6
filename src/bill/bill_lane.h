/*
 * Bill lane: parents on their way onto bills.
 *
 * A scan is one item; the judge (judge.h) decides a batch of them. Lanes are chosen by the bill's
 * code, so the scans of one bill keep their order and two lanes seldom meet.
 */
#ifndef BILL_BILL_LANE_H
#define BILL_BILL_LANE_H

#include "base/json.h"
#include "bill/judge.h"
#include "db/lanes.h"

struct ticket;

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

/* "bag": {...} when there is one, and "bill": {...}, both as they were just after the scan. */
void bill_scan_to_json(struct json *json, const struct bill_scan *scan);

#endif

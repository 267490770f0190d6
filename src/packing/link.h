/*
 * Link: child scans on their way through the link lanes.
 *
 * A scan is one item; the judge (judge.h) decides a batch of them. Lanes are chosen by the parent's
 * code, so the scans of one parent keep their order and two lanes seldom meet.
 */
#ifndef PACKING_LINK_H
#define PACKING_LINK_H

#include "base/json.h"
#include "db/lanes.h"
#include "packing/judge.h"

struct ticket;

struct link_item {
    struct lane_item item;
    struct ticket *ticket;
    struct packing_scan scan;
};

/* Start the lanes; each has a database session of its own. */
void link_lanes_start(const char *conninfo, const struct lanes_settings *settings);
void link_lanes_stop(void);

/*
 * Give an item to the lane of `first_parent`: that of its own scan, or of the first one of the
 * request that it came with, so that a device's scans keep their order. False when the lane is
 * full; the item is still the caller's then.
 */
MUST_USE bool link_lanes_push(struct link_item *item, const char *first_parent);

/* "parent": {qr, child_count, capacity, status}, when there is a parent. */
void link_parent_to_json(struct json *json, const struct packing_scan *scan);

#endif

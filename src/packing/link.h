/*
 * Link: child scans on their way through the link lanes.
 *
 * A scan is one item; packing_link (packing.sql) judges a batch of them. Lanes are chosen by the
 * parent's code, so the scans of one parent keep their order and two lanes seldom meet.
 */
#ifndef PACKING_LINK_H
#define PACKING_LINK_H

#include "bag/verdict.h"
#include "base/json.h"
#include "db/lanes.h"

struct ticket;

struct link_scan {
    /* in: set by the caller, texts live until the item is done */
    unsigned char id[16]; /* made by the device */
    const char *parent, *child; /* as bag_code_clean() gives them */
    int64_t at_us; /* the device's time, microseconds since 1970; NO_I64 when it didn't say */
    int64_t user_id;
    int64_t area_id; /* 0: any area */

    /* out */
    bool id_reused; /* the id is another scan's: there is no verdict */
    enum verdict verdict;
    char parent_code[104], child_code[104];
    char where[24]; /* VERDICT_ELSEWHERE: the other parent */
    int64_t held,
        capacity; /* of the parent, just after this scan; capacity 0: none, or another area's */
    bool closed; /* the parent is completed */
};

struct link_item {
    struct lane_item item;
    struct ticket *ticket;
    struct link_scan scan;
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

/*
 * Judge the scans here and now, in the call's own transaction: for paths that link as part of
 * something larger. The same statement, so the same rules. At most 500, no child twice, and ids
 * that are new: FAULT_CONFLICT otherwise.
 */
MUST_USE bool link_judge(struct call *call, struct link_scan *const *scans, size_t count);

/* "parent": {qr, child_count, capacity, status}, when there is a parent. */
void link_parent_to_json(struct json *json, const struct link_scan *scan);

#endif

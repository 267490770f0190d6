/*
 * Scan list: GET /api/scans, and the history of one bag.
 */
#ifndef BAG_SCAN_LIST_H
#define BAG_SCAN_LIST_H

#include "bag/bag_words.h"
#include "bag/verdict.h"
#include "list/listing.h"

struct scan_row {
    struct listing_mark mark;
    int64_t us; /* with `id` its place in the list: `at` in microseconds */
    const char *id, *at; /* when the device says it was made */
    const char *recorded_at; /* when the server heard of it */
    enum scan_kind kind;
    enum verdict verdict;
    const char *user, *parent, *child, *bill, *ticket, *scanned, *reason;
};

/* NULL and NO_I64: anything. */
struct scan_filter {
    struct listing_span span;
    int64_t before_us;
    const char *before_id;
    const char *user, *bag, *kind;
    int64_t since_us, until_us;
};

extern const struct listing scan_listing, history_listing;

#endif

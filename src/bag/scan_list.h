/*
 * Scan list: the lists of scans for GET /api/scans and for the history of one bag.
 *
 * A scan is an entry in the history of bags: a label that was scanned, or another change. Its
 * verdict is its result (bag/verdict.h). A parent is a large bag that holds child bags, a bill a
 * dispatch document that lists parents, a return ticket a list of parents that came back.
 *
 * A listing is the description of a list as one constant (list/listing.h). For filters without an
 * index, reading a page is a walk: it looks at a limited number of rows in order, and returns those
 * that match and the last one looked at, where the next page continues.
 */
#ifndef BAG_SCAN_LIST_H
#define BAG_SCAN_LIST_H

#include "bag/bag_words.h"
#include "bag/verdict.h"
#include "list/listing.h"

/* A row of the lists: one scan. */
struct scan_row {
    struct listing_mark mark; /* whether it matches the filter, and whether the walk ended here */
    int64_t us; /* with `id` its place in the list: `at` in microseconds */
    const char *id, *at; /* a UUID; when the device says the scan was made */
    const char *recorded_at; /* when the server stored it; NULL: not known */
    enum scan_kind kind;
    enum verdict verdict;
    /* Name of the user; codes of the parent, child, bill and return ticket concerned; what was
     * scanned if it is not a known bag; why it was done. Each NULL if there is none. */
    const char *user, *parent, *child, *bill, *ticket, *scanned, *reason;
};

/* Which scans to list; a member that is NULL or NO_I64 (no value) matches everything. */
struct scan_filter {
    struct listing_span span; /* how many rows to read */
    int64_t before_us; /* `us` of the previous page's last row */
    const char *before_id; /* `id` of that row */
    const char *user, *bag, *kind; /* user's name; parent's or child's code; word */
    int64_t since_us, until_us; /* from, and before: microseconds since 1970 */
};

/* The descriptions of two lists (filters, rows, order, columns), newest first: scan_listing of all
 * scans, for GET /api/scans and its export; history_listing of the scans of one bag, deleted or
 * not, for GET /api/bag/{qr}/history, which fails with FAULT_NOT_FOUND if no bag has the code. */
extern const struct listing scan_listing, history_listing;

#endif

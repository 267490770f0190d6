/*
 * Bag list: the list of bags for GET /api/bags and for the exported file, with its filters.
 *
 * A parent is a large bag that holds child bags; the code on its label tells its family, the kind
 * of parent. A bill is a dispatch document that lists parents. An area is a part of the
 * organisation.
 *
 * A listing is the description of a list as one constant (list/listing.h). For filters without an
 * index, reading a page is a walk: it looks at a limited number of rows in order, and returns those
 * that match and the last one looked at, where the next page continues.
 */
#ifndef BAG_BAG_LIST_H
#define BAG_BAG_LIST_H

#include "bag/bag_words.h"
#include "list/listing.h"

/* A row of the list: one bag. NULL and NO_I64 (no value) stand for what the bag does not have. */
struct bag_row {
    struct listing_mark mark; /* whether it matches the filter, and whether the walk ended here */
    int64_t us, id; /* its place in the list: `us` is `created_at` in microseconds */
    const char *qr, *family, *area; /* its code; a parent's family and the bag's area, by name */
    enum bag_kind kind;
    enum bag_status status;
    /* A parent's children, and the most it holds; weight in grams, shown as kg. */
    int64_t child_count, capacity, weight_kg;
    /* Codes: the parent that a child is in, a parent's bill; created_by: a user name. */
    const char *parent, *bill, *created_at, *created_by;
};

/* Which bags to list; a member that is NULL or NO_I64 (no value) matches everything. */
struct bag_filter {
    struct listing_span span; /* how many rows to read */
    int64_t before_us, before_id; /* `us` and `id` of the previous page's last row */
    const char *before_code; /* its code: with `q` the list is in the order of the codes */
    /* Words of kind and status; names of family, area and the user who created it; `linked`
     * ("true" or "false"): has a parent or children; `billed`: is on a bill; `q`: the beginning
     * of the code. */
    const char *kind, *family, *status, *area, *linked, *billed, *user, *q;
    int64_t since_us, until_us; /* created from, and before: microseconds since 1970 */
};

/* The description of the list of bags (filters, rows, order, columns), by which GET /api/bags and
 * its export are served. Newest first, or by code if the filter has `q`. */
extern const struct listing bag_listing;

/* A combination of kind, status and billing: each bag is in exactly one of these cells, by which an
 * index finds it. The values are the results of bag_cell() in the schema (sql/0012-lists.sql). */
enum bag_cell {
    BAG_CELL_FREE_CHILD, /* a child in no parent */
    BAG_CELL_PACKED_CHILD, /* a child in a parent */
    BAG_CELL_PENDING, /* a parent without children, on no bill */
    BAG_CELL_PENDING_BILLED, /* a parent without children, on a bill */
    BAG_CELL_IN_PROGRESS, /* a parent with children, not completed, on no bill */
    BAG_CELL_IN_PROGRESS_BILLED, /* a parent with children, not completed, on a bill */
    BAG_CELL_COMPLETED, /* a completed parent (full, or finished early), on no bill */
    BAG_CELL_COMPLETED_BILLED, /* a completed parent, on a bill */
    BAG_CELL_COUNT /* how many cells there are */
};

#endif

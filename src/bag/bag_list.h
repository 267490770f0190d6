/*
 * Bag list: GET /api/bags, and the same as a file.
 */
#ifndef BAG_BAG_LIST_H
#define BAG_BAG_LIST_H

#include "bag/bag_words.h"
#include "list/listing.h"

struct bag_row {
    struct listing_mark mark;
    int64_t us, id; /* its place in the list: `us` is `created_at` in microseconds */
    const char *qr, *family, *area;
    enum bag_kind kind;
    enum bag_status status;
    int64_t child_count, capacity, weight_kg;
    const char *parent, *bill, *created_at, *created_by;
};

/* NULL and NO_I64: anything. */
struct bag_filter {
    struct listing_span span;
    int64_t before_us, before_id;
    const char *before_code; /* with `q` the list is in the order of the codes */
    const char *kind, *family, *status, *area, *linked, *billed, *user, *q;
    int64_t since_us, until_us;
};

extern const struct listing bag_listing;

/* What a bag is like: the numbers of bag_cell() in the schema. */
enum bag_cell {
    BAG_CELL_FREE_CHILD,
    BAG_CELL_PACKED_CHILD,
    BAG_CELL_PENDING,
    BAG_CELL_PENDING_BILLED,
    BAG_CELL_IN_PROGRESS,
    BAG_CELL_IN_PROGRESS_BILLED,
    BAG_CELL_COMPLETED,
    BAG_CELL_COMPLETED_BILLED,
    BAG_CELL_COUNT
};

#endif

/*
 * Listing page: reads the rows of a list one page at a time, and counts them.
 *
 * A listing (list/listing.h) is the constant that describes a list. Its filter is a struct with all
 * that was asked for: values that rows must match, and the position after which rows are wanted. A
 * cursor is such a position as text, made from the keys of a row. `call` is the unit of work in
 * hand, such as a request; all memory is in call->arena.
 */
#ifndef LIST_LISTING_PAGE_H
#define LIST_LISTING_PAGE_H

#include "list/listing.h"

/* Where the values of filters come from: an HTTP request, or a command line. */
struct listing_source {
    /* Returns the value as it was entered; NULL if it was not given. */
    const char *(*value)(const void *from, const struct listing_filter *filter);
    const void *from; /* passed to `value` */
};

/* Make a filter struct of the listing from the values of `source`, positioned before the first row.
 * FAULT_BAD_FIELDS, which names the parameter, if a value is invalid. */
MUST_USE bool listing_read_filter(struct call *call, const struct listing *listing,
    const struct listing_source *source, void **filter);

/* How many rows a list has. At most one member is known; the other is NO_I64 (no value). */
struct listing_total {
    int64_t exact; /* there are exactly so many */
    int64_t at_least; /* there are so many or more */
};

/* A page of a list. */
struct listing_page {
    struct list rows; /* records of listing->row */
    const char *next; /* the cursor for listing_continue(); NULL on the last page */
    bool partial; /* `walk` rows were looked at before the page was full; there may be more */
};

/* Read the first `count` rows after the filter's position into *page. If the listing walks (picks
 * the matching rows out of an index), it looks at `walk` rows at most. Its faults are
 * those of listing->find(). */
MUST_USE bool listing_find(struct call *call, const struct listing *listing, void *filter,
    int64_t count, int64_t walk, struct listing_page *page);

/* Count all rows that match the filter, up to LISTING_COUNT_MAX, whatever its position. Neither
 * member of *total is known if the listing can't be counted. Its faults are those
 * of listing->count(). */
MUST_USE bool listing_total(
    struct call *call, const struct listing *listing, void *filter, struct listing_total *total);

/* Set the filter's position to a cursor, the `next` of an earlier page. FAULT_BAD_FIELDS if the
 * cursor is malformed. */
MUST_USE bool listing_continue(
    struct call *call, const struct listing *listing, const char *cursor, void *filter);

#endif

/*
 * Listing page: what is asked of a listing, and the rows that it answers with, a page at a time.
 */
#ifndef LIST_LISTING_PAGE_H
#define LIST_LISTING_PAGE_H

#include "list/listing.h"

/* Whoever asks: a request, or a command line. NULL for what isn't said. */
struct listing_source {
    const char *(*value)(const void *from, const struct listing_filter *filter);
    const void *from;
};

/* A filter of the listing with what was asked for, from the first row on. FAULT_BAD_FIELDS. */
MUST_USE bool listing_read(struct call *call, const struct listing *listing,
    const struct listing_source *source, void **filter);

struct listing_total {
    int64_t exact; /* NO_I64: not known */
    int64_t at_least; /* NO_I64: not counted */
};

/* A page; `next` goes into the same filter with listing_continue(), NULL on the last one. */
struct listing_page {
    struct list rows;
    const char *next;
    bool partial;
};

/* At most `count` rows behind the place where the filter stands. */
MUST_USE bool listing_find(struct call *call, const struct listing *listing, void *filter,
    int64_t count, int64_t walk, struct listing_page *page);

/* How many rows the filter finds, wherever it stands; counted if the list can be. */
MUST_USE bool listing_total(
    struct call *call, const struct listing *listing, void *filter, struct listing_total *total);

/* Let the filter stand behind a row. FAULT_BAD_FIELDS when the cursor is none of ours. */
MUST_USE bool listing_continue(
    struct call *call, const struct listing *listing, const char *cursor, void *filter);

#endif

/*
 * Bill bag: the parent bags on one bill, and the events of one bill.
 *
 * A parent is a large bag that holds child bags. An event is a scan (one reading of a label, with
 * its verdict, the result) or a note of the audit log. A list is paged by position: the next page
 * begins after the position of the last row. Times are texts as PostgreSQL prints them, in UTC.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database session, the signed-in person and, after a failure, the fault.
 */
#ifndef BILL_BILL_BAG_H
#define BILL_BILL_BAG_H

#include "bag/bag_words.h"
#include "bill/bill.h"

/* A row of bill_bags_listing: a parent on the bill. */
struct bill_bag {
    int64_t us, id; /* list position: linked_at in microseconds since 1970, then the bag's id */
    const char *qr, *family; /* its code; the name of its family, the kind of parent */
    enum bag_status status; /* how full it is */
    int64_t child_count, capacity; /* children in it, and the most that fit */
    int64_t weight_kg, expected_weight_kg; /* grams, shown as kg: actual, and if it were full */
    const char *linked_at, *linked_by; /* when, and by which user, it was put on the bill */
};

/* A row of bill_events_listing: something that happened to the bill. */
struct bill_event {
    int64_t us, note; /* list position: microseconds since 1970, then the note's id (scan: 0), */
    const char *scan; /* then the scan's UUID (note: the highest, as notes come first) */
    const char *id, *at, /* of the note or scan; when it happened */
        *action, /* such as "bill.create" or "bill.add_bag" */
        *user, *reason, *bag; /* user name; reason that was entered; the bag's code. Or NULL */
    const char *verdict; /* of a scan, such as "linked"; NULL for a note */
    const char *before, *after; /* JSON objects: the bill's figures before and after; or NULL */
};

/* The filter of bill_bags_listing: which page of the bags of which bill. */
struct bill_bags_filter {
    struct listing_span span; /* how many rows */
    int64_t before_us, before_id; /* only rows after this position; NO_I64: from the first */
    const char *code; /* of the bill */
};

/* The filter of bill_events_listing: which page of the events of which bill. */
struct bill_events_filter {
    struct listing_span span; /* how many rows */
    int64_t before_us, before_note; /* only rows after this position; NO_I64: from the first */
    const char *before_scan; /* the rest of the position; NULL: from the first */
    const char *code; /* of the bill */
};

/* Two lists of one bill (see list/listing.h): the parents on it, the last one put on it first; and
 * its events, newest first. */
extern const struct listing bill_bags_listing, bill_events_listing;

/* Take the parent with the code `qr` off the bill `code`, which reopens a completed bill, and read
 * the bill into *bill. FAULT_NOT_FOUND if there is no such bill, or the bag is not on it. */
MUST_USE bool bill_bag_remove(
    struct call *call, const char *code, const char *qr, struct bill *bill);

#endif

/*
 * Bill bag: the parents on a bill, and the events of a bill.
 */
#ifndef BILL_BILL_BAG_H
#define BILL_BILL_BAG_H

#include "bag/bag_words.h"
#include "bill/bill.h"

struct bill_bag {
    int64_t us, id; /* its place in a list: `us` is `linked_at` in microseconds */
    const char *qr, *family;
    enum bag_status status;
    int64_t child_count, capacity;
    int64_t weight_kg, expected_weight_kg; /* grams, see FIELD_KG */
    const char *linked_at, *linked_by;
};

struct bill_event {
    int64_t us, note; /* its place in a list; `note` is 0 for a scan */
    const char *scan; /* of a note: the highest id, for of one moment notes come first */
    const char *id, *at, *action, *user, *reason, *bag;
    const char *verdict; /* of a scan */
    const char *before, *after; /* JSON */
};

/* Which part of the lists of one bill is wanted. */
struct bill_bags_filter {
    struct listing_span span;
    int64_t before_us, before_id;
    const char *code;
};

struct bill_events_filter {
    struct listing_span span;
    int64_t before_us, before_note;
    const char *before_scan;
    const char *code;
};

/* The bags, the most recently linked first; the events, newest first. */
extern const struct listing bill_bags_listing, bill_events_listing;

/*
 * Take a bag off the bill, which reopens a completed bill. *bill is the bill afterwards.
 * FAULT_NOT_FOUND.
 */
MUST_USE bool bill_bag_remove(
    struct call *call, const char *code, const char *qr, struct bill *bill);

#endif

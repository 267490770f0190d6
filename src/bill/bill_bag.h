/*
 * Bill bag: the parents on a bill, and the events of a bill.
 */
#ifndef BILL_BILL_BAG_H
#define BILL_BILL_BAG_H

#include "bag/bag_words.h"
#include "bill/bill.h"

struct bill_bag {
    const char *cursor;
    const char *qr, *family;
    enum bag_status status;
    int64_t child_count, capacity;
    int64_t weight_kg, expected_weight_kg; /* grams, see FIELD_KG */
    const char *linked_at, *linked_by;
};

struct bill_event {
    const char *cursor;
    const char *id, *at, *action, *user, *reason, *bag;
    const char *verdict; /* of a scan */
    const char *before, *after; /* JSON */
};

/* What people see: all but `cursor`. */
extern const struct shape bill_bag_shape;
extern const struct shape bill_event_shape;

/* Which part of a list is wanted: `count` rows after `cursor`; NULL is the beginning. */
struct bill_page {
    const char *cursor;
    int64_t count;
};

/*
 * Read the cursor of a list of bills. A malformed cursor is FAULT_BAD_FIELDS, here and in the lists
 * below.
 */
MUST_USE bool bill_cursor_read(
    struct call *call, const char *cursor, int64_t *before_us, int64_t *before_id);

/* The bags of a bill, the most recently linked first. */
MUST_USE bool bill_bag_list(
    struct call *call, const char *code, const struct bill_page *page, struct list *bags);

/* The events of a bill, newest first. */
MUST_USE bool bill_event_list(
    struct call *call, const char *code, const struct bill_page *page, struct list *events);

/*
 * Take a bag off the bill, which reopens a completed bill. *bill is the bill afterwards.
 * FAULT_NOT_FOUND.
 */
MUST_USE bool bill_bag_remove(
    struct call *call, const char *code, const char *qr, struct bill *bill);

#endif

/*
 * Bill bag: a parent on a bill, and what happened to the bill.
 */
#ifndef BILL_BILL_BAG_H
#define BILL_BILL_BAG_H

#include "bill/bill.h"

struct bill_bag {
    const char *cursor;
    const char *qr, *family, *status;
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

/* Both as people see them: without `cursor`. */
extern const struct shape bill_bag_shape;
extern const struct shape bill_event_shape;

/* Which part of a list is wanted: what comes after its `cursor`; NULL is the beginning. */
struct bill_page {
    const char *cursor;
    int64_t count;
};

/* A cursor that is none of ours is FAULT_BAD_FIELDS, here and in the lists. */
MUST_USE bool bill_cursor_read(
    struct call *call, const char *cursor, int64_t *before_us, int64_t *before_id);

/* The bags of a bill, the one linked last first. */
MUST_USE bool bill_bag_list(
    struct call *call, const char *code, const struct bill_page *page, struct list *bags);

/* What happened to a bill, newest first. */
MUST_USE bool bill_event_list(
    struct call *call, const char *code, const struct bill_page *page, struct list *events);

/* The bag is free; a completed bill is open again. *bill as it is then. FAULT_NOT_FOUND. */
MUST_USE bool bill_bag_remove(
    struct call *call, const char *code, const char *qr, struct bill *bill);

#endif

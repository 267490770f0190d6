/*
 * Bill: a dispatch document. Parents are put on it, up to its capacity.
 *
 * It is new while no parent is on it, processing while there is room, and completed once it is full
 * or was finished before that with a reason. Each function that changes a bill locks its row until
 * the end of the transaction, so what a rule has read stays true. A parent's bill is its
 * bag.bill_id, so it can't be on two.
 */
#ifndef BILL_BILL_H
#define BILL_BILL_H

#include "base/call.h"
#include "base/shape.h"
#include "list/listing.h"

enum bill_status {
    BILL_STATUS_NONE,
#define WORD(name, word) name,
#include "bill/bill_status.def"
#undef WORD
    BILL_STATUS_COUNT
};

extern const struct word_set bill_status_set;

const char *bill_status_name(enum bill_status status);

#define BILL_CODE_MAX 50 /* characters */

struct bill {
    int64_t us, id; /* its place in a list: `us` is `created_at` in microseconds */
    const char *code, *description;
    enum bill_status status;
    int64_t capacity, linked, remaining, percent;
    int64_t returned; /* returned on a return ticket since the bill was completed */
    int64_t children;
    int64_t weight_kg, expected_weight_kg, difference_kg; /* grams, see FIELD_KG */
    const char *created_by, *created_at, *updated_at;
    const char *short_reason; /* why it was finished below its capacity; may be NULL */
};

extern const struct shape bill_shape;

struct bill_draft {
    const char *code, *description; /* description may be NULL */
    int64_t capacity;
};

/* NULL and NO_I64: no change. */
struct bill_edit {
    const char *description;
    int64_t capacity;
};

/* Which bills to list; NULL and NO_I64 match everything. */
struct bill_filter {
    struct listing_span span;
    int64_t before_us, before_id; /* NO_I64: start with the newest */
    const char *status, *user, *q;
    int64_t since_us, until_us;
};

extern const struct listing bill_listing;

/* A code from a path or a body, as codes are stored: without blanks around it, in upper case. */
const char *bill_code_clean(struct call *call, const char *text);

/* FAULT_NOT_FOUND, like all functions that take a code. */
MUST_USE bool bill_find(struct call *call, const char *code, struct bill *bill);

/* FAULT_BAD_FIELDS; FAULT_CONFLICT if the code is taken. */
MUST_USE bool bill_create(struct call *call, const struct bill_draft *draft, struct bill *bill);

/*
 * Change description or capacity. A capacity below the number of linked parents is
 * FAULT_BAD_FIELDS, one equal to it completes the bill, and a larger one reopens a completed bill.
 */
MUST_USE bool bill_update(
    struct call *call, const char *code, const struct bill_edit *edit, struct bill *bill);

/* Complete a bill that is not full. FAULT_BAD_FIELDS without a reason; FAULT_REFUSED. */
MUST_USE bool bill_finish(
    struct call *call, const char *code, const char *reason, struct bill *bill);

/* Reopen a completed bill that has room. FAULT_BAD_FIELDS without a reason; FAULT_REFUSED. */
MUST_USE bool bill_reopen(
    struct call *call, const char *code, const char *reason, struct bill *bill);

/* Delete the bill and free its bags; its history stays. *freed is the number of those bags. */
MUST_USE bool bill_delete(struct call *call, const char *code, int64_t *freed);

#endif

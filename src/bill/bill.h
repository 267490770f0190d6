/*
 * Bill: a dispatch document that parent bags are put on, up to its capacity.
 *
 * A parent is a large bag that holds child bags. A bill is new while no parent is on it, then
 * processing, and completed once it is full or was finished earlier with a reason. A parent's bill
 * is its column bag.bill_id, so it can't be on two. Each function that changes a bill locks its row
 * until the end of the transaction, so what it has read stays true.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database session, the signed-in person and, after a failure, the fault.
 */
#ifndef BILL_BILL_H
#define BILL_BILL_H

#include "base/call.h"
#include "base/shape.h"
#include "list/listing.h"

/* The state of a bill: BILL_STATUS_NEW, _PROCESSING or _COMPLETED (bill_status.def). */
enum bill_status {
    BILL_STATUS_NONE, /* no value; SQL NULL */
#define WORD(name, word) name,
#include "bill/bill_status.def"
#undef WORD
    BILL_STATUS_COUNT /* how many values there are, with NONE */
};

/* The words of enum bill_status in SQL and JSON: "new", "processing", "completed". */
extern const struct word_set bill_status_set;

/* The word of a status, such as "new"; NULL for BILL_STATUS_NONE. A static text. */
const char *bill_status_name(enum bill_status status);

/* The longest code of a bill, in characters. */
#define BILL_CODE_MAX 50

/* A bill as it is stored and as the API shows it. */
struct bill {
    int64_t us, id; /* list position: created_at in microseconds since 1970, then the row's id */
    const char *code, *description; /* the code is unique in the organisation */
    enum bill_status status;
    /* Parents: most allowed, on it now, places left; percent of the capacity that is used. */
    int64_t capacity, linked, remaining, percent;
    int64_t returned; /* parents that came back on a return ticket since it was completed */
    int64_t children; /* child bags in its parents */
    /* Grams, shown as kg: actual; if all its parents were full; actual minus expected. */
    int64_t weight_kg, expected_weight_kg, difference_kg;
    const char *created_by, *created_at, *updated_at; /* a user name, which may be NULL; times */
    const char *short_reason; /* why it was finished below its capacity; NULL if it was not */
};

/* The table of the members of struct bill (name, type, offset), by which database rows are read
 * into it and JSON is written from it. */
extern const struct shape bill_shape;

/* The input for a new bill. */
struct bill_draft {
    const char *code, *description; /* description may be NULL */
    int64_t capacity; /* parents, 1 to 500 */
};

/* The changes to a bill. A member that is NULL, or NO_I64 (no value), stays unchanged. */
struct bill_edit {
    const char *description;
    int64_t capacity; /* parents, 1 to 500 */
};

/* The filter of bill_listing: which bills to return. NULL, or NO_I64 (no value), matches all. */
struct bill_filter {
    struct listing_span span; /* how many rows */
    int64_t before_us, before_id; /* only bills after this list position; NO_I64: from the first */
    /* A word of bill_status_set; the creator's user name; a part of the code or description. */
    const char *status, *user, *q;
    int64_t since_us, until_us; /* created at or after; before. Microseconds since 1970 */
};

/* The list of bills, newest first, for GET /api/bills and for exports (see list/listing.h). */
extern const struct listing bill_listing;

/* Bring a typed or scanned code into the form in which codes are stored: trimmed, in upper case, in
 * call->arena. It checks nothing: bill_create() does. */
const char *bill_code_clean(struct call *call, const char *text);

/* Read the bill with this code, in the form of bill_code_clean(), into *bill. FAULT_NOT_FOUND if
 * there is none. */
MUST_USE bool bill_find(struct call *call, const char *code, struct bill *bill);

/* Create a bill, whose code is cleaned here, and read it into *bill. FAULT_BAD_FIELDS if a field is
 * invalid; FAULT_CONFLICT if the code is taken. */
MUST_USE bool bill_create(struct call *call, const struct bill_draft *draft, struct bill *bill);

/* Change description or capacity, and read the result into *bill. A capacity equal to the number of
 * parents on the bill completes it; one above its old capacity reopens a completed bill.
 * FAULT_NOT_FOUND; FAULT_BAD_FIELDS if a value is invalid, or the capacity is below that number. */
MUST_USE bool bill_update(
    struct call *call, const char *code, const struct bill_edit *edit, struct bill *bill);

/* Complete a bill that is not full, and read it into *bill. FAULT_NOT_FOUND; FAULT_REFUSED if it is
 * completed or empty; FAULT_BAD_FIELDS if the reason is blank, NULL or over 500 characters. */
MUST_USE bool bill_finish(
    struct call *call, const char *code, const char *reason, struct bill *bill);

/* Reopen a completed bill that has room, and read it into *bill. FAULT_NOT_FOUND; FAULT_REFUSED if
 * it is not completed or is full; FAULT_BAD_FIELDS if the reason is blank, NULL or too long. */
MUST_USE bool bill_reopen(
    struct call *call, const char *code, const char *reason, struct bill *bill);

/* Delete a bill and take its parents off it; *freed is their number. Its scans and audit notes
 * stay. FAULT_NOT_FOUND; FAULT_AGAIN if a parent was put on it at the same moment. */
MUST_USE bool bill_delete(struct call *call, const char *code, int64_t *freed);

#endif

/*
 * Bill: a dispatch document that parents are put on, up to its capacity.
 *
 * It is new while nothing is linked, processing while there is room, and completed once it is full
 * or was finished short of that with a reason. Whoever changes it holds its row locked until the
 * end of the transaction, so what a rule has read stays true. A parent on it is its bag.bill_id:
 * one bill at most is structural.
 */
#ifndef BILL_BILL_H
#define BILL_BILL_H

#include "base/call.h"
#include "base/shape.h"

#define BILL_CODE_MAX 50 /* characters */

struct bill {
    const char *cursor; /* where the next page of a list begins */
    int64_t id;
    const char *code, *description, *status;
    int64_t capacity, linked, remaining, percent;
    int64_t returned; /* came back on a return ticket since it was completed */
    int64_t children;
    int64_t weight_kg, expected_weight_kg, difference_kg; /* grams, see FIELD_KG */
    const char *created_by, *created_at, *updated_at;
    const char *short_reason; /* why it was finished short of its capacity; NULL */
};

/* As people see it: without `cursor` and `id`. */
extern const struct shape bill_shape;

struct bill_draft {
    const char *code, *description; /* description may be NULL */
    int64_t capacity;
};

/* NULL and NO_I64 leave what is there. */
struct bill_edit {
    const char *description;
    int64_t capacity;
};

/* What a list of bills can be asked for; NULL: anything. Days are the organisation's. */
struct bill_filter {
    const char *status, *user, *first_day, *last_day, *q;
    int64_t before_us, before_id; /* NO_I64: from the newest on */
    int64_t count;
};

/* A code from a path or a body, as the table has it. */
const char *bill_code_clean(struct call *call, const char *text);

/* FAULT_NOT_FOUND; all that take a code set it. */
MUST_USE bool bill_find(struct call *call, const char *code, struct bill *bill);

MUST_USE bool bill_list(struct call *call, const struct bill_filter *filter, struct list *bills);

/* FAULT_BAD_FIELDS; FAULT_CONFLICT when the code is taken. */
MUST_USE bool bill_create(struct call *call, const struct bill_draft *draft, struct bill *bill);

/*
 * Change description or capacity. A capacity below what is linked is FAULT_BAD_FIELDS, one equal to
 * it completes the bill, and a larger one than before opens a completed bill again.
 */
MUST_USE bool bill_update(
    struct call *call, const char *code, const struct bill_edit *edit, struct bill *bill);

/* Complete it short of its capacity. FAULT_BAD_FIELDS without a reason; FAULT_REFUSED. */
MUST_USE bool bill_finish(
    struct call *call, const char *code, const char *reason, struct bill *bill);

/* Open a completed bill that has room. FAULT_BAD_FIELDS without a reason; FAULT_REFUSED. */
MUST_USE bool bill_reopen(
    struct call *call, const char *code, const char *reason, struct bill *bill);

/* The bill is gone, its bags are free, its history stays. *freed: how many bags it had. */
MUST_USE bool bill_delete(struct call *call, const char *code, int64_t *freed);

#endif

/*
 * Ticket: a return ticket (IPT). Parents that come back from a dealer are scanned onto it.
 *
 * It is open until somebody commits it, which is final, or cancels it, which puts every parent back
 * onto its bill where that can still be. Who changes a ticket or what is on it locks its row first,
 * before bags and bills, until the end of the transaction.
 */
#ifndef RETURNS_TICKET_H
#define RETURNS_TICKET_H

#include "base/call.h"
#include "base/shape.h"
#include "list/listing.h"

enum ticket_status {
    TICKET_STATUS_NONE,
#define WORD(name, word) name,
#include "returns/ticket_status.def"
#undef WORD
    TICKET_STATUS_COUNT
};

enum ticket_stay {
    TICKET_STAY_NONE, /* it can go back, or is back */
#define WORD(name, word) name,
#include "returns/ticket_stay.def"
#undef WORD
    TICKET_STAY_COUNT
};

extern const struct word_set ticket_status_set, ticket_stay_set;

struct ticket {
    int64_t us, id; /* its place in a list: `us` is `created_at` in microseconds */
    const char *code, *location, *notes;
    enum ticket_status status;
    int64_t bags, children, weight_kg; /* grams, see FIELD_KG */
    const char *created_by, *created_at, *closed_by, *closed_at, *updated_at;
};

extern const struct shape ticket_shape;

struct ticket_draft {
    const char *location, *notes; /* notes may be NULL; in an edit, NULL is no change */
};

/* Which tickets to list; NULL and NO_I64 match everything. */
struct ticket_filter {
    struct listing_span span;
    int64_t before_us, before_id;
    const char *status, *user, *q;
    int64_t since_us, until_us;
};

/* A parent on a ticket. */
struct ticket_bag {
    int64_t us, id; /* its place in a list: `us` is `returned_at` in microseconds */
    const char *qr, *family, *bill;
    int64_t child_count, weight_kg;
    const char *returned_at, *returned_by;
    enum ticket_stay not_restored; /* of a cancelled ticket */
};

struct ticket_bags_filter {
    struct listing_span span;
    int64_t before_us, before_id;
    const char *code;
};

extern const struct listing ticket_listing, ticket_bags_listing;

/* A code from a path or a body, as codes are stored. */
const char *ticket_code_clean(struct call *call, const char *text);

/* FAULT_NOT_FOUND, like all functions that take a code. */
MUST_USE bool ticket_find(struct call *call, const char *code, struct ticket *ticket);

/* The same, and lock it. FAULT_REFUSED if it is not open. */
MUST_USE bool ticket_lock_open(struct call *call, const char *code, struct ticket *ticket);

/* A new ticket, whose code has today's date in the organisation's zone. FAULT_BAD_FIELDS. */
MUST_USE bool ticket_create(
    struct call *call, const struct ticket_draft *draft, struct ticket *ticket);

/* Change an open ticket. FAULT_BAD_FIELDS; FAULT_REFUSED. */
MUST_USE bool ticket_update(
    struct call *call, const char *code, const struct ticket_draft *edit, struct ticket *ticket);

/* Make an open ticket final. FAULT_REFUSED if it is not open, or empty. */
MUST_USE bool ticket_commit(struct call *call, const char *code, struct ticket *ticket);

/* What the audit log keeps of a ticket, as JSON. */
const char *ticket_note(struct call *call, const struct ticket *ticket);

#endif

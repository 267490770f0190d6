/*
 * Ticket: a return ticket, the list of parent bags that came back together from a dealer.
 *
 * A parent is a large bag that holds child bags; it was dispatched on a bill. Scanning it onto a
 * ticket takes it off that bill. A ticket is open until it is committed, which is final, or
 * cancelled, which puts its parents back onto their bills where possible. Each function that
 * changes a ticket or what is on it locks its row first, until the end of the transaction.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef RETURNS_TICKET_H
#define RETURNS_TICKET_H

#include "base/call.h"
#include "base/shape.h"
#include "list/listing.h"

/* The state of a ticket: TICKET_OPEN, TICKET_COMMITTED or TICKET_CANCELLED (ticket_status.def). */
enum ticket_status {
    TICKET_STATUS_NONE, /* no value; SQL NULL */
#define WORD(name, word) name,
#include "returns/ticket_status.def"
#undef WORD
    TICKET_STATUS_COUNT /* how many values there are, with NONE */
};

/* Why a parent that came back can't go back onto its bill: TICKET_STAY_BAG_GONE (deleted),
 * _BAG_BILLED (on a bill again), _BAG_RETURNED (came back once more, on another ticket),
 * _BILL_GONE, _BILL_FULL, _BILL_COMPLETED (completed since, without it). See ticket_stay.def. */
enum ticket_stay {
    TICKET_STAY_NONE, /* it can, or is back; SQL NULL */
#define WORD(name, word) name,
#include "returns/ticket_stay.def"
#undef WORD
    TICKET_STAY_COUNT /* how many values there are, with NONE */
};

/* The words of enum ticket_status ("open", "committed", "cancelled") and of enum ticket_stay
 * ("bag_gone", "bill_full" ...) in SQL and JSON. */
extern const struct word_set ticket_status_set, ticket_stay_set;

/* A ticket as it is stored and as the API shows it. */
struct ticket {
    int64_t us, id; /* list position: created_at in microseconds since 1970, then the row's id */
    /* Unique, such as RTN-20261127-7KQX; the place where the parents came back; free text. */
    const char *code, *location, *notes;
    enum ticket_status status;
    int64_t bags, children, weight_kg; /* parents; children in them; their grams, shown as kg */
    /* User names and times; `closed`: it was committed or cancelled, NULL while it is open. */
    const char *created_by, *created_at, *closed_by, *closed_at, *updated_at;
};

/* The field table of struct ticket, by which rows are read and JSON is written. */
extern const struct shape ticket_shape;

/* The input for a new ticket, or for a change. */
struct ticket_draft {
    const char *location; /* where the parents came back, 1 to 200 characters; NULL: no change */
    /* Free text, at most 2,000 characters; "": none; NULL: none in a new ticket, else no change. */
    const char *notes;
};

/* The filter of ticket_listing: which tickets to return. NULL and NO_I64 match everything. */
struct ticket_filter {
    struct listing_span span; /* how many rows */
    int64_t before_us, before_id; /* tickets after this list position; NO_I64: from the first */
    /* A word of ticket_status_set; the creator's user name; a part of the code or location. */
    const char *status, *user, *q;
    int64_t since_us, until_us; /* created at or after; before. Microseconds since 1970 */
};

/* A parent on a ticket. */
struct ticket_bag {
    int64_t us, id; /* list position: returned_at in microseconds since 1970, then the bag's id */
    const char *qr, *family, *bill; /* codes of bag and bill, name of its family (kind of parent) */
    int64_t child_count, weight_kg; /* children in it, and their grams, when it came back */
    const char *returned_at, *returned_by; /* a time; the name of the user who scanned it */
    enum ticket_stay not_restored; /* of a cancelled ticket: why it is not back on its bill */
};

/* The filter of ticket_bags_listing: the ticket, and which page of its parents to return. */
struct ticket_bags_filter {
    struct listing_span span; /* how many rows */
    int64_t before_us, before_id; /* parents after this list position; NO_I64: from the first */
    const char *code; /* the ticket's */
};

/* The lists for GET /api/returns (tickets, newest first) and GET /api/returns/{code}/bags (parents
 * on one ticket, the last scanned first). See list/listing.h. */
extern const struct listing ticket_listing, ticket_bags_listing;

/* Bring a typed or scanned code into the form in which codes are stored: trimmed, in upper case. */
const char *ticket_code_clean(struct call *call, const char *text);

/* Read the ticket with this cleaned code into *ticket. FAULT_NOT_FOUND if there is none. */
MUST_USE bool ticket_find(struct call *call, const char *code, struct ticket *ticket);

/* Lock an open ticket's row until the end of the transaction, and read it into *ticket.
 * FAULT_NOT_FOUND if there is none; FAULT_REFUSED if it is not open. */
MUST_USE bool ticket_lock_open(struct call *call, const char *code, struct ticket *ticket);

/* Create an open ticket with a new code, which has today's date in the organisation's time zone,
 * and read it into *ticket. FAULT_BAD_FIELDS if a field is invalid. */
MUST_USE bool ticket_create(
    struct call *call, const struct ticket_draft *draft, struct ticket *ticket);

/* Change location or notes of an open ticket, and read the result into *ticket. FAULT_NOT_FOUND;
 * FAULT_REFUSED if it is not open; FAULT_BAD_FIELDS if a field is invalid. */
MUST_USE bool ticket_update(
    struct call *call, const char *code, const struct ticket_draft *edit, struct ticket *ticket);

/* Make an open ticket final: nothing on it can be changed any more. Reads it into *ticket.
 * FAULT_NOT_FOUND; FAULT_REFUSED if it is not open, or no parent is on it. */
MUST_USE bool ticket_commit(struct call *call, const char *code, struct ticket *ticket);

/* What the audit log keeps of a ticket: a JSON object with code, location, notes, status, bags and
 * children, in call->arena. */
const char *ticket_note(struct call *call, const struct ticket *ticket);

#endif

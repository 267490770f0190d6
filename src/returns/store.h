/*
 * Return store: puts parent bags on return tickets, and takes them off again, in the database.
 *
 * A parent is a large bag that holds child bags. When it comes back it is scanned onto a return
 * ticket, which takes it off its bill (the document on which it was dispatched). This fetches and
 * locks what the judge (returns/judge.h, which decides in plain C) needs to know, and writes what
 * the judge decided. All code locks rows in the same order: tickets by id, bags by code, bills by
 * id, to avoid deadlocks. `call` is the unit of work; results live in call->arena.
 */
#ifndef RETURNS_STORE_H
#define RETURNS_STORE_H

#include "returns/judge.h"

/* Decide a batch of scans onto tickets, write the results, and set the answer in each scan (the
 * members under `out` of struct return_scan). Takes two or three database round trips. Runs in the
 * call's transaction, or, if none has begun, in one that it begins and commits. FAULT_AGAIN if
 * another transaction has just stored the same scan. */
MUST_USE bool return_store_scans(struct call *call, struct return_scan *const *scans, size_t count);

/* Take the parent with the code `qr` off the open ticket `code`, put it back onto its bill, and
 * read the ticket into *ticket. FAULT_NOT_FOUND if there is no such ticket or the bag is not on it;
 * FAULT_REFUSED if the ticket is not open or the bag can't go back (enum ticket_stay). */
MUST_USE bool return_undo(
    struct call *call, const char *code, const char *qr, struct ticket *ticket);

/* Cancel the open ticket `code`: put each parent back onto its bill if possible, and read the
 * ticket into *ticket. *bags has a struct restored for each, which says if it is back.
 * FAULT_NOT_FOUND; FAULT_REFUSED if the ticket is not open. */
MUST_USE bool return_cancel(
    struct call *call, const char *code, struct ticket *ticket, struct list *bags);

#endif

/*
 * Store: what the judge of returns needs to know, fetched and locked, and what it decided, written.
 *
 * Rows are locked in one order by all: tickets by their ids, bags by their codes, bills by their
 * ids.
 */
#ifndef RETURNS_STORE_H
#define RETURNS_STORE_H

#include "returns/judge.h"

/*
 * Judge the scans and write all that comes of it: on three round trips. At most 500. In the call's
 * transaction; without db_begin(), in one of its own, which is committed. FAULT_AGAIN when somebody
 * else has stored the same scan.
 */
MUST_USE bool return_store_scans(struct call *call, struct return_scan *const *scans, size_t count);

/*
 * Take one bag off an open ticket again, onto its bill. *ticket is the ticket afterwards.
 * FAULT_NOT_FOUND; FAULT_REFUSED if it can't go back.
 */
MUST_USE bool return_undo(
    struct call *call, const char *code, const char *qr, struct ticket *ticket);

/* Cancel an open ticket: each bag goes back where it can. *bags are struct restored. FAULT_REFUSED.
 */
MUST_USE bool return_cancel(
    struct call *call, const char *code, struct ticket *ticket, struct list *bags);

#endif

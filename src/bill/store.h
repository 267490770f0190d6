/*
 * Store: what the judge of bills needs to know, fetched and locked, and what it decided, written.
 * See judge/bag_store.h for the order of locks.
 */
#ifndef BILL_STORE_H
#define BILL_STORE_H

#include "bill/judge.h"

/*
 * Judge the scans and write all that comes of it: on two round trips, and on a third where bags are
 * on other bills. At most 500. In the call's transaction; without db_begin(), in one of its own,
 * which is committed. FAULT_AGAIN when somebody else has made the same bag, or stored the same
 * scan.
 */
MUST_USE bool bill_store_scans(struct call *call, struct bill_scan *const *scans, size_t count);

#endif

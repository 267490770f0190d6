/*
 * Store: what the judge of packing needs to know, fetched and locked, and what it decided, written.
 *
 * Rows are locked in one order by all: bags by their codes, then bills by their ids; and nothing
 * that the judge was told can change before the end of the transaction. What nobody can lock,
 * because it isn't there yet, ends in FAULT_CONFLICT where two make it at once: the whole call runs
 * again then.
 */
#ifndef PACKING_STORE_H
#define PACKING_STORE_H

#include "base/call.h"
#include "packing/judge.h"

/*
 * Judge the scans and write all that comes of it: on two round trips, and on a third where children
 * are in other parents or parents on bills. At most 1,000. In the call's transaction; without
 * db_begin(), in one of its own, which is committed.
 */
MUST_USE bool store_scans(struct call *call, struct judge_scan *const *scans, size_t count);

#endif

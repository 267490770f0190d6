/*
 * Bill store: processes scans of bags onto bills in the database.
 *
 * It fetches and locks what the judge (bill/judge.h, which decides each scan) needs to know, and
 * writes what the judge decided. All code locks rows in the same order: bags by code, then bills by
 * id (judge/bag_store.h), to avoid deadlocks.
 */
#ifndef BILL_STORE_H
#define BILL_STORE_H

#include "bill/judge.h"

/* Decide a batch of scans, write the results, and set the answer in each scan. Takes two database
 * round trips; three if a scanned bag is on a bill already. Runs in the call's transaction, or, if
 * none has begun, in one that it begins and commits. `call` is the batch's unit of work.
 * FAULT_AGAIN if another transaction has just made the same bag or stored the same scan. */
MUST_USE bool bill_store_scans(struct call *call, struct bill_scan *const *scans, size_t count);

#endif

/*
 * Packing store: processes scans of child bags into parent bags in the database.
 *
 * It fetches and locks what the judge (packing/judge.h, which decides each scan) needs to know, and
 * writes what the judge decided. All code locks rows in the same order: bags by code, then bills by
 * id (judge/bag_store.h), to avoid deadlocks.
 */
#ifndef PACKING_STORE_H
#define PACKING_STORE_H

#include "packing/judge.h"

/* Decide a batch of scans, write the results, and set the answer in each scan. Takes two database
 * round trips; three if a child is in a parent that no scan names, or a bag is on a bill. Runs in
 * the call's transaction, or, if none has begun, in one that it begins and commits. FAULT_AGAIN if
 * another transaction has just made the same bag or stored the same scan. */
MUST_USE bool packing_store_scans(
    struct call *call, struct packing_scan *const *scans, size_t count);

#endif

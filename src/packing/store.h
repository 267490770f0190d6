/*
 * Store: what the judge of packing needs to know, fetched and locked, and what it decided, written.
 * See judge/bag_store.h for the order of locks.
 */
#ifndef PACKING_STORE_H
#define PACKING_STORE_H

#include "packing/judge.h"

/*
 * Judge the scans and write all that comes of it: on two round trips, and on a third where children
 * are in other parents or parents on bills. At most 1,000. In the call's transaction; without
 * db_begin(), in one of its own, which is committed. FAULT_AGAIN when somebody else has made the
 * same bag, or stored the same scan: next time it is there to be found.
 */
MUST_USE bool packing_store_scans(
    struct call *call, struct packing_scan *const *scans, size_t count);

#endif

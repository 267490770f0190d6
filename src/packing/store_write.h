/*
 * Store, its second half: what the judge has decided, as rows. Only store.c asks for it.
 */
#ifndef PACKING_STORE_WRITE_H
#define PACKING_STORE_WRITE_H

#include "db/db_pipeline.h"
#include "packing/judge.h"

/* The ids of the scans, as an argument. */
struct db_uuids store_scan_ids(struct call *call, struct judge_scan *const *scans, size_t count);

/* Write what has become of the bags, the scans that weren't known, and the totals. */
MUST_USE bool store_write(struct call *call, const struct judge *judge,
    struct judge_scan *const *scans, size_t count, enum db_bounds bounds);

#endif

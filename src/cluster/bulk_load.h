/*
 * Bulk load: prepares the tables of bags and scans for loading many rows quickly.
 *
 * Adding to an index and checking a foreign key row by row costs several times as much as doing it
 * once for all rows. So indexes and foreign keys are dropped before the load and restored after it,
 * exactly as the schema has them. All of it happens in the load's transaction: whatever goes wrong,
 * the schema stays as it was. Only for empty tables, and only for the owner of the schema.
 */
#ifndef CLUSTER_BULK_LOAD_H
#define CLUSTER_BULK_LOAD_H

#include "base/call.h"

/*
 * Drop indexes and foreign keys, and lift the time limit of statements in this transaction.
 * FAULT_DATABASE.
 */
MUST_USE bool bulk_load_begin(struct call *call);

/* Build the indexes and check the foreign keys. */
MUST_USE bool bulk_load_end(struct call *call);

/* After the commit: VACUUM and ANALYZE, for the planner and for index-only scans. */
MUST_USE bool bulk_load_vacuum(struct call *call);

#endif

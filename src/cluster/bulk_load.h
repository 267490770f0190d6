/*
 * Bulk load: prepares the tables of bags, scans and bills for loading many rows quickly.
 *
 * Maintaining indexes and checking foreign keys row by row costs several times as much as doing it
 * once for all rows. So they are dropped before the load and restored after it, exactly as the
 * schema has them. All of it happens in the load's transaction: after any failure the schema is as
 * before. Only for empty tables, and only for the owner of the schema.
 *
 * Each function works on the database session of `call`, the unit of work in hand. A failed
 * statement gives the fault that its SQLSTATE stands for; a lost connection is FAULT_DATABASE.
 */
#ifndef CLUSTER_BULK_LOAD_H
#define CLUSTER_BULK_LOAD_H

#include "base/call.h"

/* Before the load: drop the indexes of bag and scan, except primary keys, and the foreign keys of
 * bag and bill, and lift the statement timeout of the transaction that has begun. */
MUST_USE bool bulk_load_begin(struct call *call);

/* After the load, in the same transaction: rebuild what bulk_load_begin() dropped. */
MUST_USE bool bulk_load_end(struct call *call);

/* After the commit, outside a transaction: VACUUM and ANALYZE the loaded tables, so that the
 * planner has statistics and index-only scans are possible. */
MUST_USE bool bulk_load_vacuum(struct call *call);

#endif

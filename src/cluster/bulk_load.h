/*
 * Bulk: the tables of bags and scans without what makes loading them slow.
 *
 * An index that grows row by row and a foreign key that is looked up row by row cost several times
 * what building and checking them once does. So a load takes them away first and puts them back
 * after, word for word as the schema has them. Both in the load's own transaction: whatever goes
 * wrong, the schema is as it was. Only for tables that are empty, by the owner of the schema.
 */
#ifndef CLUSTER_BULK_LOAD_H
#define CLUSTER_BULK_LOAD_H

#include "base/call.h"

/* Take them away. Statements of this transaction may take as long as they need. FAULT_DATABASE. */
MUST_USE bool bulk_load_begin(struct call *call);

/* Build the indexes and check the foreign keys. */
MUST_USE bool bulk_load_end(struct call *call);

/* After the commit: what the planner and index-only scans need to know of the new rows. */
MUST_USE bool bulk_load_vacuum(struct call *call);

#endif

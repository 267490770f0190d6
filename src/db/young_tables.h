/*
 * Young tables: makes statistics for PostgreSQL's planner soon after a table begins to grow.
 *
 * Autovacuum makes them once a minute only, and without them a new database is slower by a factor
 * of twenty. The SQL function young_tables_analyse() (sql/) has the rule. A call is the unit of
 * work (base/call.h): it has the database session and, after a failure, the fault.
 */
#ifndef DB_YOUNG_TABLES_H
#define DB_YOUNG_TABLES_H

#include "base/call.h"

/* ANALYZE each table, of two pages or more, that is at least ten times as large as at its last
 * VACUUM or ANALYZE, or never had one. call->org_id must be 0, or nothing is done. Sets the faults
 * of db/db.h. */
MUST_USE bool young_tables_analyse(struct call *call);

#endif

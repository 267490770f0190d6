/*
 * Young tables: statistics for the planner from the first minute on.
 *
 * Autovacuum comes once a minute, and without statistics a new database is slow by a factor of
 * twenty until then. The function in the schema has the rule.
 */
#ifndef DB_YOUNG_TABLES_H
#define DB_YOUNG_TABLES_H

#include "base/call.h"

/* Analyse every table that is ten times as large as its statistics say, or has none. */
MUST_USE bool young_tables_analyse(struct call *call);

#endif

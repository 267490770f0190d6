/*
 * Migrate: brings the schema to what this program knows, and refuses what it doesn't know.
 *
 * Migrations are numbered SQL files, forward only, embedded in the program. Each is one transaction
 * and is recorded with its checksum, so an edit after the fact is noticed. After them, every time,
 * comes sql/rights.sql: what the serving role may do, also when it was made later than the tables.
 * Several servers may start at once: an advisory lock lets one of them work while the others wait.
 */
#ifndef CLUSTER_MIGRATE_H
#define CLUSTER_MIGRATE_H

#include "base/call.h"

struct migration {
    int version;
    const char *name; /* of its file */
    const char *text;
};

/* Generated; versions ascend. */
extern const struct migration migrations[];
extern const int migrations_count;

/* Generated; of sql/rights.sql. */
extern const char rights_sql[];

/*
 * Apply what is missing, and the rights; *applied says how many were missing. FAULT_DATABASE;
 * FAULT_CONFIG when the schema is newer than the program, an applied migration was changed, or one
 * fails.
 */
MUST_USE bool migrate_up(struct call *call, const char *conninfo, int *applied);

/* Only look: FAULT_CONFIG, too, when something is missing. */
MUST_USE bool migrate_check(struct call *call, const char *conninfo);

#endif

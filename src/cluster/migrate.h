/*
 * Migrate: brings the schema up to date, and refuses a schema that is newer than the program.
 *
 * Migrations are numbered SQL files, embedded in the program, and only go forward. Each is one
 * transaction and is recorded with its checksum, so that a later edit is noticed. After them
 * sql/rights.sql runs every time: it grants the serving role its rights, even if that role is newer
 * than the tables. Several servers may start at once: an advisory lock lets one of them migrate
 * while the others wait.
 */
#ifndef CLUSTER_MIGRATE_H
#define CLUSTER_MIGRATE_H

#include "base/call.h"

struct migration {
    int version;
    const char *name; /* the name of its file */
    const char *text;
};

/* Generated, in ascending order of versions. */
extern const struct migration migrations[];
extern const int migrations_count;

/* Generated from sql/rights.sql. */
extern const char rights_sql[];

/*
 * Apply the missing migrations and the rights; *applied is the number of migrations.
 * FAULT_DATABASE; FAULT_CONFIG if the schema is newer than the program, an applied migration was
 * changed, or one fails.
 */
MUST_USE bool migrate_up(struct call *call, const char *conninfo, int *applied);

/*
 * Whether the schema can be in this database at all: its encoding, and the rights of its owner.
 * Nothing is changed. FAULT_DATABASE, FAULT_CONFIG.
 */
MUST_USE bool migrate_check_database(struct call *call, const char *conninfo);

/* Check without applying anything: FAULT_CONFIG also if a migration is missing. */
MUST_USE bool migrate_check(struct call *call, const char *conninfo);

#endif

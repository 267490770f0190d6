/*
 * Migrate: brings the schema up to date, and refuses a schema that is newer than the program.
 *
 * Migrations are numbered SQL files, embedded in the program, and only go forward. Each is one
 * transaction and is recorded with its checksum, so that a later edit is noticed. After them
 * sql/rights.sql runs every time: it grants the serving role its rights, even if that role is newer
 * than the tables. Several servers may start at once: an advisory lock lets one of them migrate
 * while the others wait. `conninfo` is the libpq connection string of the schema's owner;
 * `call` is the unit of work in hand, in which a fault, the reason of a failure, is recorded.
 */
#ifndef CLUSTER_MIGRATE_H
#define CLUSTER_MIGRATE_H

#include "base/call.h"

/* One numbered SQL file of sql/ that changes the schema. */
struct migration {
    int version; /* the number at the beginning of its name: 1, 2, ... */
    const char *name; /* of the file */
    const char *text; /* its SQL */
};

/* All migrations that this program has, migrations_count of them, in ascending order of versions.
 * Generated at build time. */
extern const struct migration migrations[];

/* The number of elements of `migrations`. */
extern const int migrations_count;

/* The SQL of sql/rights.sql, which grants the serving role its rights. Generated at build time. */
extern const char rights_sql[];

/* Apply the missing migrations and grant the rights; *applied is the number of migrations applied.
 * FAULT_DATABASE if the connection fails; FAULT_CONFIG if the schema is newer than the program,
 * an applied migration was changed or left out, or an SQL command fails. */
MUST_USE bool migrate_up(struct call *call, const char *conninfo, int *applied);

/* Check, without changing anything, that this database can hold the schema. FAULT_CONFIG if its
 * encoding is not UTF-8 or the user may not create tables in "public"; FAULT_DATABASE if the
 * connection fails. */
MUST_USE bool migrate_check_database(struct call *call, const char *conninfo);

/* Check, without changing anything, that exactly the migrations of this program are applied.
 * FAULT_CONFIG if one is missing, unknown or changed; FAULT_DATABASE if the connection fails. */
MUST_USE bool migrate_check(struct call *call, const char *conninfo);

#endif

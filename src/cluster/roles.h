/*
 * Roles: who the program is to PostgreSQL.
 *
 * The owner of the schema migrates; the program serves as `tracetrack_serve`, which may read and
 * write rows but not change the schema. What it may do with each table is said by sql/rights.sql.
 */
#ifndef CLUSTER_ROLES_H
#define CLUSTER_ROLES_H

#include "base/call.h"

#define ROLE_OWNER "tracetrack"
#define ROLE_SERVE "tracetrack_serve"

/* In a cluster of our own: both roles, and the database. `admin` is a superuser. FAULT_DATABASE. */
MUST_USE bool roles_create_in_own_cluster(struct call *call, const char *admin);

/*
 * In somebody else's: `owner` makes the serving role if it may, and *serve is the same connection
 * as that role. If it may not, a warning is logged, and *serve is `owner`. FAULT_DATABASE.
 */
MUST_USE bool roles_create(struct call *call, const char *owner, const char **serve);

/* `value` as it has to stand in a libpq connection string. */
const char *conninfo_quote(struct call *call, const char *value);

#endif

/*
 * Roles: the program's roles in PostgreSQL.
 *
 * The owner of the schema migrates. The program serves as `tracetrack_serve`, which may read and
 * write rows but can't change the schema. sql/rights.sql says what it may do with each table.
 */
#ifndef CLUSTER_ROLES_H
#define CLUSTER_ROLES_H

#include "base/call.h"

#define ROLE_OWNER "tracetrack"
#define ROLE_SERVE "tracetrack_serve"

/*
 * In our own cluster: create both roles and the database. `admin` is a superuser. FAULT_DATABASE.
 */
MUST_USE bool roles_create_in_own_cluster(struct call *call, const char *admin);

/*
 * In a given database: `owner` creates the serving role, and *serve is its connection string. If
 * `owner` lacks the right to create roles, a warning is logged and *serve is `owner`.
 * FAULT_DATABASE.
 */
MUST_USE bool roles_create(struct call *call, const char *owner, const char **serve);

/* `value`, quoted for a libpq connection string. */
const char *conninfo_quote(struct call *call, const char *value);

#endif

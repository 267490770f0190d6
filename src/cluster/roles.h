/*
 * Roles: the program's roles in PostgreSQL.
 *
 * The owner of the schema migrates. The program serves as `tracetrack_serve`, which may read and
 * write rows but can't change the schema. sql/rights.sql says what it may do with each table.
 * Connection strings are libpq's. `call` is the unit of work in hand: texts live in call->arena.
 */
#ifndef CLUSTER_ROLES_H
#define CLUSTER_ROLES_H

#include "base/call.h"

/* In the server's private PostgreSQL: the role that owns the schema, and the database's name. */
#define ROLE_OWNER "tracetrack"

/* The role as which requests are served, in every database. */
#define ROLE_SERVE "tracetrack_serve"

/* In the server's private PostgreSQL: create both roles and the database, as far as they are
 * missing. `admin` is the connection string of a superuser. FAULT_DATABASE. */
MUST_USE bool roles_create_in_own_cluster(struct call *call, const char *admin);

/* In a database given by DATABASE_URL, whose connection string is `owner`: create the serving role
 * if it is missing, and set *serve to a connection string that uses it. If that is not possible
 * (no right to create roles, or a pooler refuses the role), a warning is logged and *serve is
 * `owner`. FAULT_DATABASE if `owner` can't connect. */
MUST_USE bool roles_create(struct call *call, const char *owner, const char **serve);

/* Quote `value` for use in a libpq connection string: host='...'. The result is in call->arena. */
const char *conninfo_quote(struct call *call, const char *value);

#endif

/*
 * Database: the PostgreSQL that a command uses: the server's private one, or the one given by
 * DATABASE_URL.
 *
 * `call` is the unit of work in hand: it has the memory and, after a failure, the fault.
 */
#ifndef PROCESS_DATABASE_H
#define PROCESS_DATABASE_H

#include "cluster/cluster.h"
#include "config/config.h"

/* A database that can be connected to. Texts live in the arena of the call that started it. */
struct database {
    struct cluster *cluster; /* the private PostgreSQL; NULL for a given database */
    const char *owner, *serve; /* libpq connection strings: schema's owner; role for requests */
};

/* Start the private PostgreSQL, or check the given database, and create the roles. FAULT_CONFIG if
 * the data folder or the database can't be used; FAULT_DATABASE if there is no connection. */
MUST_USE bool database_start(
    struct call *call, const struct config *config, struct database *database);

/* For a command that may run beside a server: connect to the private PostgreSQL of the running
 * server, or start it if none is running; or use the given database, without checking its encoding
 * and rights. FAULT_CONFIG if the data folder can't be used; FAULT_DATABASE if there is no
 * connection. */
MUST_USE bool database_start_or_join(
    struct call *call, const struct config *config, struct database *database);

/* Apply the missing migrations, print their number if there were any, and create the partitions of
 * the coming months. FAULT_DATABASE, or FAULT_CONFIG as of migrate_up() (cluster/migrate.h). */
MUST_USE bool database_migrate(struct call *call, const struct database *database);

/* Stop the private PostgreSQL, unless it belongs to a running server, and clear *database. A given
 * database needs no stop. */
void database_stop(struct database *database);

#endif

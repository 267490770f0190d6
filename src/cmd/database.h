/*
 * Database: the PostgreSQL that a command works with, its own or the one it was given.
 */
#ifndef CMD_DATABASE_H
#define CMD_DATABASE_H

#include "cluster/cluster.h"
#include "config/config.h"

struct database {
    struct cluster *cluster; /* NULL when the database is somebody else's */
    const char *owner, *serve;
};

/* Start our own, or find that the given one answers. FAULT_CONFIG, FAULT_DATABASE. */
MUST_USE bool database_start(
    struct call *call, const struct config *config, struct database *database);

/* The same for a command that may be run beside a server: its private PostgreSQL is visited. */
MUST_USE bool database_start_or_join(
    struct call *call, const struct config *config, struct database *database);

/* Apply what migrations are missing and say so; make the partitions of the months to come. */
MUST_USE bool database_migrate(struct call *call, const struct database *database);

void database_stop(struct database *database);

#endif

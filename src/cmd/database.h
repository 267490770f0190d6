/*
 * Database: the PostgreSQL that a command uses: the private one, or the one given by DATABASE_URL.
 */
#ifndef CMD_DATABASE_H
#define CMD_DATABASE_H

#include "cluster/cluster.h"
#include "config/config.h"

struct database {
    struct cluster *cluster; /* NULL for a given database */
    const char *owner, *serve;
};

/* Start the private one, or connect to the given one. FAULT_CONFIG, FAULT_DATABASE. */
MUST_USE bool database_start(
    struct call *call, const struct config *config, struct database *database);

/*
 * The same for a command that may run beside a server: it joins that server's private PostgreSQL.
 */
MUST_USE bool database_start_or_join(
    struct call *call, const struct config *config, struct database *database);

/*
 * Apply the missing migrations and print their number; create the partitions of the coming months.
 */
MUST_USE bool database_migrate(struct call *call, const struct database *database);

/* Stop the private PostgreSQL, if this program has started it. */
void database_stop(struct database *database);

#endif

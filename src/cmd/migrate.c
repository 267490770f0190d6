#include "cluster/migrate.h"

#include <stdio.h>

#include "cmd/cmd.h"
#include "process/database.h"

bool migrate_command(struct call *call, int argc, char **argv)
{
    struct config config;
    struct database database = { .cluster = NULL };

    const bool done = config_load(call, argc, argv, &config)
        && database_start(call, &config, &database) && database_migrate(call, &database);

    database_stop(&database);
    if (done)
        printf("The schema is at version %d.\n", migrations[migrations_count - 1].version);
    return done;
}

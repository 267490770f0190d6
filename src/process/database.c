#include "process/database.h"
#include "base/text.h"

#include <stdio.h>

#include "cluster/migrate.h"
#include "cluster/partitions.h"
#include "cluster/roles.h"

typedef bool cluster_start_fn(struct call *call, const char *data, struct cluster **cluster);

static bool start_with(struct call *call, const struct config *config, cluster_start_fn *own,
    struct database *database)
{
    *database = (struct database){ .owner = config_text(config, OPTION_DATABASE) };

    if (database->owner)
        return roles_create(call, database->owner, &database->serve);
    if (!own(call, config_text(config, OPTION_DATA), &database->cluster))
        return false;

    database->owner = cluster_owner_conninfo(database->cluster);
    database->serve = cluster_serve_conninfo(database->cluster);
    return true;
}

bool database_start(struct call *call, const struct config *config, struct database *database)
{
    const char *owner = config_text(config, OPTION_DATABASE);

    *database = (struct database){ .cluster = NULL };
    return (!owner || migrate_check_database(call, owner))
        && start_with(call, config, cluster_start, database);
}

bool database_start_or_join(
    struct call *call, const struct config *config, struct database *database)
{
    return start_with(call, config, cluster_start_or_join, database);
}

bool database_migrate(struct call *call, const struct database *database)
{
    int applied;

    if (!migrate_up(call, database->owner, &applied))
        return false;
    if (applied > 0)
        printf("Applied %s.\n", text_count(&call->arena, applied, "migration", "migrations"));
    return partitions_create(call, database->owner);
}

void database_stop(struct database *database)
{
    cluster_stop(database->cluster);
    *database = (struct database){ .cluster = NULL };
}

#include "cmd/database.h"

#include <stdio.h>

#include "cluster/migrate.h"
#include "cluster/partitions.h"
#include "cluster/roles.h"

typedef bool come_to_fn(struct call *call, const char *data, struct cluster **cluster);

static bool come_to(
    struct call *call, const struct config *config, come_to_fn *own, struct database *database)
{
    *database = (struct database){ .owner = config_text(config, OPTION_DATABASE) };

    if (database->owner)
        return roles_make(call, database->owner, &database->serve);
    if (!own(call, config_text(config, OPTION_DATA), &database->cluster))
        return false;

    database->owner = cluster_owner(database->cluster);
    database->serve = cluster_serve(database->cluster);
    return true;
}

bool database_open(struct call *call, const struct config *config, struct database *database)
{
    return come_to(call, config, cluster_open, database);
}

bool database_visit(struct call *call, const struct config *config, struct database *database)
{
    return come_to(call, config, cluster_visit, database);
}

bool database_migrate(struct call *call, const struct database *database)
{
    int applied;

    if (!migrate_up(call, database->owner, &applied))
        return false;
    if (applied > 0)
        printf("Applied %d migration%s.\n", applied, applied == 1 ? "" : "s");
    return roles_grant(call, database->owner) && partitions_make(call, database->owner);
}

void database_close(struct database *database)
{
    cluster_close(database->cluster);
    *database = (struct database){ .cluster = NULL };
}

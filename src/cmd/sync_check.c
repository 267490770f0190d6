#include <stdio.h>

#include "cmd/cmd.h"
#include "db/db.h"
#include "process/database.h"
#include "stats/recount.h"

static bool sync_check_report(struct call *call, const struct list *differences)
{
    const struct recount_difference *difference = differences->items;

    for (size_t i = 0; i < differences->count; i++, difference++)
        printf("%s: %lld is kept, %lld is counted\n", difference->figure,
            (long long)difference->kept, (long long)difference->counted);

    if (differences->count)
        return fail(
            call, FAULT_REFUSED, "%zu figures are not what counting gives", differences->count);
    printf("Every kept figure is what counting gives.\n");
    return true;
}

static bool sync_check_database(struct call *call, const char *conninfo)
{
    struct list differences;
    bool done;

    call->db = db_open(conninfo, "tracetrack sync-check");
    done = db_begin(call);
    if (done) {
        done = recount_differences(call, &differences);
        db_rollback(call);
    }
    db_close(call->db);
    call->db = NULL;
    return done && sync_check_report(call, &differences);
}

bool sync_check_command(struct call *call, int argc, char **argv)
{
    struct config config;
    struct database database = { .cluster = NULL };

    const bool done = config_load(call, argc, argv, &config)
        && database_start_or_join(call, &config, &database)
        && sync_check_database(call, database.serve);

    database_stop(&database);
    return done;
}

#include "process/chores.h"

#include "audit/seal.h"
#include "auth/org_settings.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "cluster/partitions.h"
#include "db/db.h"
#include "db/young_tables.h"
#include "eod/eod.h"
#include "jobs/job.h"
#include "session/session.h"

#define CHORES_PATIENCE_MS 1000
#define SECOND_MS INT64_C(1000)

struct chore {
    const char *name;
    int64_t every_ms;
    bool (*run)(struct call *call, struct server_process *process);
};

static bool flush_sessions(struct call *call, struct server_process *process)
{
    (void)process;
    return db_connect(call, CHORES_PATIENCE_MS) && session_flush_activity(call);
}

static bool make_partitions(struct call *call, struct server_process *process)
{
    return partitions_create(call, process->database.owner);
}

static bool seal_audit(struct call *call, struct server_process *process)
{
    (void)process;
    return db_connect(call, CHORES_PATIENCE_MS) && audit_seal(call);
}

static bool retain_audit(struct call *call, struct server_process *process)
{
    (void)process;
    return db_connect(call, CHORES_PATIENCE_MS) && audit_apply_retention(call);
}

static bool analyse_young_tables(struct call *call, struct server_process *process)
{
    (void)process;
    return db_connect(call, CHORES_PATIENCE_MS) && young_tables_analyse(call);
}

static bool load_settings(struct call *call, struct server_process *process)
{
    (void)process;
    return db_connect(call, CHORES_PATIENCE_MS) && org_settings_load(call);
}

static bool plan_jobs(struct call *call, struct server_process *process)
{
    (void)process;
    return db_connect(call, CHORES_PATIENCE_MS) && job_plan_retention(call) && eod_plan(call);
}

/* clang-format off */
static const struct chore chores[] = {
    /* name            every ms           what */
    { "young_tables",    250,               analyse_young_tables },
    { "settings_load",   2 * SECOND_MS,        load_settings        },
    { "audit_seal",      3 * SECOND_MS,        seal_audit           },
    { "jobs_plan",       20 * SECOND_MS,       plan_jobs            },
    { "session_flush",   20 * SECOND_MS,       flush_sessions       },
    { "partitions_make", 6 * 3600 * SECOND_MS, make_partitions      },
    { "audit_retain",    6 * 3600 * SECOND_MS, retain_audit         },
};
/* clang-format on */

static void chore_do(const struct chore *chore, struct server_process *process)
{
    struct call call = { .db = process->db };

    if (!chore->run(&call, process))
        log_line(LOG_WARNING, "chore_failed", "%s: %s", chore->name, call.fault.detail);
    arena_free(&call.arena);
}

void chores_run(struct server_process *process)
{
    static int64_t due_us[COUNT_OF(chores)];
    const int64_t now_us = clock_us();

    for (size_t i = 0; i < COUNT_OF(chores); i++) {
        const bool first = due_us[i] == 0;

        if (now_us < due_us[i])
            continue;
        due_us[i] = now_us + chores[i].every_ms * 1000;
        if (!first)
            chore_do(&chores[i], process);
    }
}

#include "process/parts.h"

#include <string.h>

#include "account/session_http.h"
#include "account/setup.h"
#include "auth/hash_slots.h"
#include "auth/org_settings.h"
#include "auth/vault.h"
#include "base/log.h"
#include "bill/announce.h"
#include "db/db.h"
#include "db/db_listener.h"
#include "eod/eod.h"
#include "export/export_slots.h"
#include "health/health_http.h"
#include "health/metrics_http.h"
#include "http/batch.h"
#include "http/feed.h"
#include "http/route.h"
#include "import/import.h"
#include "import/import_job.h"
#include "jobs/job_runner.h"
#include "list/list_http.h"
#include "process/mail_service.h"
#include "server/server.h"
#include "session/session.h"
#include "stats/stats.h"

static int option_number(const struct server_process *process, enum option_id option)
{
    return config_number(&process->config, option);
}

static size_t option_size(const struct server_process *process, enum option_id option)
{
    return (size_t)option_number(process, option);
}

struct part {
    const char *name;
    bool (*start)(struct call *call, struct server_process *process); /* NULL: needs no start */
    void (*stop)(struct server_process *process); /* NULL: needs no stop */
};

static bool start_tables(struct call *call, struct server_process *process)
{
    (void)call;
    (void)process;
    routes_check();
    lists_check();
    return true;
}

static bool start_settings(struct call *call, struct server_process *process)
{
    (void)call;
    org_settings_defaults()->anonymise = config_is_on(&process->config, OPTION_AUDIT_ANONYMISE);
    org_settings_defaults()->registration = config_is_on(&process->config, OPTION_REGISTRATION);
    return true;
}

static bool start_preflight(struct call *call, struct server_process *process)
{
    process->preflight = (struct preflight){ .config = &process->config };
    return preflight(call, &process->preflight);
}

static bool start_database(struct call *call, struct server_process *process)
{
    return database_start(call, &process->config, &process->database);
}

static void stop_database(struct server_process *process)
{
    database_stop(&process->database);
}

static bool start_schema(struct call *call, struct server_process *process)
{
    return database_migrate(call, &process->database);
}

static bool start_sessions(struct call *call, struct server_process *process)
{
    const struct session_settings settings = {
        .idle_seconds = option_number(process, OPTION_SESSION_IDLE_SECONDS),
        .absolute_seconds = option_number(process, OPTION_SESSION_ABSOLUTE_SECONDS),
        .secret = process->preflight.secret,
        .admin_two_factor = config_is_on(&process->config, OPTION_REQUIRE_2FA_ADMIN),
    };

    (void)call;
    vault_key_set(settings.secret);
    session_start(&settings);
    return true;
}

static void stop_sessions(struct server_process *process)
{
    (void)process;
    session_stop();
}

static void on_notification(const char *channel, const char *payload)
{
    if (strcmp(channel, "job") == 0) {
        job_runner_wake();
        return;
    }

    const struct session_scope scope = session_invalidate(payload);

    feed_invalidate_sessions(&scope);
}

static bool start_listener(struct call *call, struct server_process *process)
{
    static const char *const channels[] = { "account", "job", NULL };

    (void)call;
    process->listener = db_listener_start(
        process->database.serve, channels, on_notification, session_listener_alive);
    return true;
}

static void stop_listener(struct server_process *process)
{
    db_listener_stop(process->listener);
}

static bool start_lanes(struct call *call, struct server_process *process)
{
    (void)call;
    batches_start(&process->config, process->database.serve);
    return true;
}

static void stop_lanes(struct server_process *process)
{
    (void)process;
    batches_stop();
}

static bool start_stats(struct call *call, struct server_process *process)
{
    (void)call;
    stats_start(process->database.serve);
    return true;
}

static void stop_stats(struct server_process *process)
{
    (void)process;
    stats_stop();
}

static bool start_chores(struct call *call, struct server_process *process)
{
    (void)call;
    process->db = db_open(process->database.serve, "chores");
    return true;
}

static void stop_chores(struct server_process *process)
{
    db_close(process->db);
}

static bool start_metrics(struct call *call, struct server_process *process)
{
    (void)call;
    health_start(config_text(&process->config, OPTION_DATA));
    metrics_start(config_text(&process->config, OPTION_METRICS_TOKEN));
    return true;
}

static int half(int count)
{
    return count > 1 ? count / 2 : 1;
}

/* Those who sign in hash on lanes of their own; all others may take half the workers for it. */
static bool start_passwords(struct call *call, struct server_process *process)
{
    (void)call;
    hash_slots_set(sign_in_lanes(&process->config), half(option_number(process, OPTION_WORKERS)));
    return true;
}

/* A quarter of the workers: the others serve who scans. */
static bool start_exports(struct call *call, struct server_process *process)
{
    const int quarter = option_number(process, OPTION_WORKERS) / 4;

    (void)call;
    export_slots_set(quarter ? quarter : 1);
    return true;
}

static bool set_up(struct call *call, struct server_process *process)
{
    const struct config *config = &process->config;

    return setup_prepare(call, config_text(config, OPTION_ADMIN_PASSWORD), &process->setup_token)
        && (!config_is_on(config, OPTION_CREATE_TEST_USERS)
            || setup_create_test_users(call, config_text(config, OPTION_BILLER_PASSWORD),
                config_text(config, OPTION_DISPATCHER_PASSWORD)));
}

static bool start_people(struct call *call, struct server_process *process)
{
    call->db = process->db;
    if (!db_begin(call))
        return false;
    if (set_up(call, process) && org_settings_load(call))
        return db_commit(call);

    db_rollback(call);
    return false;
}

/* What is kept for a while only, of all features. */
static bool apply_retention(struct call *call, const struct job *job)
{
    return job_apply_retention(call, job) && import_apply_retention(call);
}

static bool start_jobs(struct call *call, struct server_process *process)
{
    static const struct job_works works = {
        .run = { [JOB_END_OF_DAY] = eod_mail,
            [JOB_BILL_COMPLETED] = bill_announce,
            [JOB_RETENTION] = apply_retention,
            [JOB_IMPORT] = import_run },
    };

    (void)call;
    job_runner_start(process->database.serve, &works);
    return true;
}

static void stop_jobs(struct server_process *process)
{
    (void)process;
    job_runner_stop();
}

static void stop_feeds(struct server_process *process)
{
    (void)process;
    feed_close();
}

static bool start_server(struct call *call, struct server_process *process)
{
    const struct server_settings settings = {
        .address = config_text(&process->config, OPTION_LISTEN),
        .port = option_number(process, OPTION_PORT),
        .threads = option_number(process, OPTION_HTTP_THREADS),
        .workers = option_number(process, OPTION_WORKERS),
        .queue_max = option_size(process, OPTION_QUEUE_MAX),
        .connections_max = option_number(process, OPTION_CONNECTIONS_MAX),
        .connections_per_address = option_number(process, OPTION_CONNECTIONS_PER_ADDRESS),
        .header_seconds = option_number(process, OPTION_HEADER_SECONDS),
        .idle_seconds = option_number(process, OPTION_IDLE_SECONDS),
        .body_seconds = option_number(process, OPTION_BODY_SECONDS),
        .rate_limits = config_is_on(&process->config, OPTION_RATE_LIMITS),
        .proxies = option_number(process, OPTION_PROXIES),
        .production = config_is_production(&process->config),
        .tls_cert = process->preflight.tls_cert,
        .tls_key = process->preflight.tls_key,
        .conninfo = process->database.serve,
    };

    return server_start(call, &settings);
}

static void stop_server(struct server_process *process)
{
    server_stop(option_number(process, OPTION_SHUTDOWN_SECONDS));
}

/* clang-format off */
static const struct part parts[] = {
    /* name            start               stop */
    { "tables",        start_tables,       NULL              },
    { "settings",      start_settings,     NULL              },
    { "preflight",     start_preflight,    NULL              },
    { "database",      start_database,     stop_database     },
    { "schema",        start_schema,       NULL              },
    { "sessions",      start_sessions,     stop_sessions     },
    { "listener",      start_listener,     stop_listener     },
    { "figures",       start_stats,        stop_stats        },
    { "chores",        start_chores,       stop_chores       },
    { "first people",  start_people,       NULL              },
    { "passwords",     start_passwords,    NULL              },
    { "exports",       start_exports,      NULL              },
    { "metrics",       start_metrics,      NULL              },
    { "lanes",         start_lanes,        stop_lanes        },
    { "mail",          mail_service_start, mail_service_stop },
    { "jobs",          start_jobs,         stop_jobs         },
    { "feeds",         NULL,               stop_feeds        },
    { "server",        start_server,       stop_server       },
};
/* clang-format on */

static const int parts_count = sizeof parts / sizeof parts[0];

static void stop_from(struct server_process *process, int count)
{
    while (count-- > 0)
        if (parts[count].stop) {
            log_line(LOG_DEBUG, "part_close", "%s", parts[count].name);
            parts[count].stop(process);
        }
}

bool parts_start(struct call *call, struct server_process *process)
{
    for (int i = 0; i < parts_count; i++) {
        log_line(LOG_DEBUG, "part_open", "%s", parts[i].name);
        if (parts[i].start && !parts[i].start(call, process)) {
            stop_from(process, i);
            return false;
        }
    }
    return true;
}

void parts_stop(struct server_process *process)
{
    stop_from(process, parts_count);
}

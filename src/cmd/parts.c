#include "cmd/parts.h"

#include <unistd.h>

#include "account/registration.h"
#include "account/session_http.h"
#include "account/setup.h"
#include "audit/audit.h"
#include "auth/turn.h"
#include "auth/vault.h"
#include "bag/bag.h"
#include "base/log.h"
#include "bill/bill_lane.h"
#include "cmd/post.h"
#include "cmd/tls.h"
#include "db/db.h"
#include "db/listen.h"
#include "export/gate.h"
#include "http/feed.h"
#include "http/route.h"
#include "packing/link.h"
#include "server/server.h"
#include "session/session.h"
#include "stats/stats.h"

static int number(const struct serving *serving, enum option_id option)
{
    return config_number(&serving->config, option);
}

static size_t size(const struct serving *serving, enum option_id option)
{
    return (size_t)number(serving, option);
}

static bool open_tables(struct call *call, struct serving *serving)
{
    (void)call;
    (void)serving;
    routes_check();
    return true;
}

static bool open_audit(struct call *call, struct serving *serving)
{
    (void)call;
    audit_open(config_on(&serving->config, OPTION_AUDIT_ANONYMISE));
    return true;
}

static bool open_database(struct call *call, struct serving *serving)
{
    return database_open(call, &serving->config, &serving->database);
}

static void close_database(struct serving *serving)
{
    database_close(&serving->database);
}

static bool open_schema(struct call *call, struct serving *serving)
{
    return database_migrate(call, &serving->database);
}

static bool open_sessions(struct call *call, struct serving *serving)
{
    struct session_settings settings = {
        .idle_seconds = number(serving, OPTION_SESSION_IDLE_SECONDS),
        .absolute_seconds = number(serving, OPTION_SESSION_ABSOLUTE_SECONDS),
        .admin_two_factor = config_on(&serving->config, OPTION_REQUIRE_2FA_ADMIN),
    };

    if (!config_secret(call, &serving->config, &settings.secret))
        return false;
    vault_open(settings.secret);
    session_open(&settings);
    return true;
}

static void close_sessions(struct serving *serving)
{
    (void)serving;
    session_close();
}

static void heard(const char *channel, const char *payload)
{
    (void)channel; /* there is only one */

    const struct session_doubt doubt = session_forget(payload);

    feed_doubt(&doubt);
}

static bool open_listener(struct call *call, struct serving *serving)
{
    static const char *const channels[] = { "account", NULL };

    (void)call;
    serving->listener = listen_start(serving->database.serve, channels, heard, session_feed_alive);
    return true;
}

static void close_listener(struct serving *serving)
{
    listen_stop(serving->listener);
}

static struct lanes_settings lanes_settings(const struct serving *serving, enum option_id count)
{
    return (struct lanes_settings){
        .count = number(serving, count),
        .batch_max = size(serving, OPTION_LANE_BATCH_MAX),
        .queue_max = size(serving, OPTION_QUEUE_MAX),
    };
}

static bool open_links(struct call *call, struct serving *serving)
{
    const struct lanes_settings settings = lanes_settings(serving, OPTION_LINK_LANES);

    (void)call;
    link_open(serving->database.serve, &settings);
    return true;
}

static void close_links(struct serving *serving)
{
    (void)serving;
    link_close();
}

static bool open_bills(struct call *call, struct serving *serving)
{
    const struct lanes_settings settings = lanes_settings(serving, OPTION_BILL_LANES);

    (void)call;
    bill_lane_open(serving->database.serve, &settings);
    return true;
}

static void close_bills(struct serving *serving)
{
    (void)serving;
    bill_lane_close();
}

static bool open_look_ups(struct call *call, struct serving *serving)
{
    const struct lanes_settings settings = lanes_settings(serving, OPTION_LOOK_UP_LANES);

    (void)call;
    look_up_open(serving->database.serve, &settings);
    return true;
}

static void close_look_ups(struct serving *serving)
{
    (void)serving;
    look_up_close();
}

static bool open_stats(struct call *call, struct serving *serving)
{
    (void)call;
    stats_open(serving->database.serve, size(serving, OPTION_QUEUE_MAX));
    return true;
}

static void close_stats(struct serving *serving)
{
    (void)serving;
    stats_close();
}

static bool open_chores(struct call *call, struct serving *serving)
{
    (void)call;
    serving->db = db_open(serving->database.serve, "chores");
    return true;
}

static void close_chores(struct serving *serving)
{
    db_close(serving->db);
}

static int half(int count)
{
    return count > 1 ? count / 2 : 1;
}

/* Hashing passwords may take half the cores and half the workers. */
static bool open_sign_in(struct call *call, struct serving *serving)
{
    const int hashers = half((int)sysconf(_SC_NPROCESSORS_ONLN));

    (void)call;
    registration_open(config_on(&serving->config, OPTION_REGISTRATION));
    turn_open(hashers, half(number(serving, OPTION_WORKERS)));
    sign_in_open(serving->database.serve, hashers);
    return true;
}

static void close_sign_in(struct serving *serving)
{
    (void)serving;
    sign_in_close();
}

/* A quarter of the workers: the others serve who scans. */
static bool open_exports(struct call *call, struct serving *serving)
{
    const int quarter = number(serving, OPTION_WORKERS) / 4;

    (void)call;
    gate_open(quarter ? quarter : 1);
    return true;
}

static bool set_up(struct call *call, struct serving *serving)
{
    const struct config *config = &serving->config;

    return setup_open(call, config_text(config, OPTION_ADMIN_PASSWORD), &serving->setup_token)
        && (!config_on(config, OPTION_CREATE_TEST_USERS)
            || setup_test_users(call, config_production(config),
                config_text(config, OPTION_BILLER_PASSWORD),
                config_text(config, OPTION_DISPATCHER_PASSWORD)));
}

static bool open_people(struct call *call, struct serving *serving)
{
    call->db = serving->db;
    if (!db_begin(call))
        return false;
    if (set_up(call, serving))
        return db_commit(call);

    db_rollback(call);
    return false;
}

static void close_feeds(struct serving *serving)
{
    (void)serving;
    feed_close();
}

static bool open_server(struct call *call, struct serving *serving)
{
    struct server_settings settings = {
        .address = config_text(&serving->config, OPTION_LISTEN),
        .port = number(serving, OPTION_PORT),
        .threads = number(serving, OPTION_HTTP_THREADS),
        .workers = number(serving, OPTION_WORKERS),
        .queue_max = size(serving, OPTION_QUEUE_MAX),
        .connections_max = number(serving, OPTION_CONNECTIONS_MAX),
        .connections_per_address = number(serving, OPTION_CONNECTIONS_PER_ADDRESS),
        .header_seconds = number(serving, OPTION_HEADER_SECONDS),
        .idle_seconds = number(serving, OPTION_IDLE_SECONDS),
        .body_seconds = number(serving, OPTION_BODY_SECONDS),
        .rate_limits = config_on(&serving->config, OPTION_RATE_LIMITS),
        .proxies = number(serving, OPTION_PROXIES),
        .production = config_production(&serving->config),
        .conninfo = serving->database.serve,
    };

    return tls_read(call, &serving->config, &settings.tls_cert, &settings.tls_key)
        && server_start(call, &settings);
}

static void close_server(struct serving *serving)
{
    server_stop(number(serving, OPTION_SHUTDOWN_SECONDS));
}

/* clang-format off */
const struct part parts[] = {
    /* name            start          stop */
    { "tables",        open_tables,   NULL           },
    { "audit",         open_audit,    NULL           },
    { "database",      open_database, close_database },
    { "schema",        open_schema,   NULL           },
    { "sessions",      open_sessions, close_sessions },
    { "listener",      open_listener, close_listener },
    { "link lanes",    open_links,    close_links    },
    { "bill lanes",    open_bills,    close_bills    },
    { "look-up lanes", open_look_ups, close_look_ups },
    { "figures",       open_stats,    close_stats    },
    { "chores",        open_chores,   close_chores   },
    { "first people",  open_people,   NULL           },
    { "sign-in",       open_sign_in,  close_sign_in  },
    { "exports",       open_exports,  NULL           },
    { "mail",          post_open,     post_close     },
    { "feeds",         NULL,          close_feeds    },
    { "server",        open_server,   close_server   },
};
/* clang-format on */

const int parts_count = sizeof parts / sizeof parts[0];

static void close_down_from(struct serving *serving, int count)
{
    while (count-- > 0)
        if (parts[count].close) {
            log_line(LOG_DEBUG, "part_close", "%s", parts[count].name);
            parts[count].close(serving);
        }
}

bool parts_open(struct call *call, struct serving *serving)
{
    for (int i = 0; i < parts_count; i++) {
        log_line(LOG_DEBUG, "part_open", "%s", parts[i].name);
        if (parts[i].open && !parts[i].open(call, serving)) {
            close_down_from(serving, i);
            return false;
        }
    }
    return true;
}

void parts_close(struct serving *serving)
{
    close_down_from(serving, parts_count);
}

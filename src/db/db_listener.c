#include "db/db_listener.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db_connection.h"

#define ALIVE_EVERY_MS 1000
#define RETRY_FIRST_MS 50
#define RETRY_MOST_MS 500

struct db_listener {
    char *conninfo;
    const char *const *channels;
    db_listener_notify_fn *on_notify;
    db_listener_alive_fn *on_alive;
    PGconn *conn; /* NULL while there is none */
    int closing; /* an eventfd: readable once the listener is to end */
    pthread_t thread;
};

/* True as soon as the listener is to end; otherwise when the server has something to say. */
static bool wait_or_close(const struct db_listener *listener, int64_t ms)
{
    struct pollfd sockets[] = {
        { .fd = listener->closing, .events = POLLIN },
        { .fd = listener->conn ? PQsocket(listener->conn) : -1, .events = POLLIN },
    };

    poll(sockets, COUNT_OF(sockets), ms > 0 ? (int)ms : 0);
    return sockets[0].revents != 0;
}

static bool db_listener_command(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    const ExecStatusType status = PQresultStatus(result);

    PQclear(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static void db_listener_hang_up(struct db_listener *listener)
{
    char reason[DB_MESSAGE_MAX];

    db_message_copy(reason, PQerrorMessage(listener->conn));
    log_line(LOG_WARNING, "listener_lost", "%s", reason);
    PQfinish(listener->conn);
    listener->conn = NULL;
}

static bool listen_to(PGconn *conn, const char *channel)
{
    char sql[100];
    char *name = PQescapeIdentifier(conn, channel, strlen(channel));

    snprintf(sql, sizeof sql, "LISTEN %s", name ? name : "");
    PQfreemem(name);
    return db_listener_command(conn, sql);
}

static bool db_listener_is_connected(struct db_listener *listener)
{
    char reason[DB_MESSAGE_MAX];

    listener->conn = db_connection_open(listener->conninfo, "listener", reason);
    if (!listener->conn)
        return false;

    for (const char *const *channel = listener->channels; *channel; channel++)
        if (!listen_to(listener->conn, *channel)) {
            db_listener_hang_up(listener);
            return false;
        }

    for (const char *const *channel = listener->channels; *channel; channel++)
        listener->on_notify(*channel, "");
    return true;
}

/* False when the connection is lost. */
static bool receive_all(struct db_listener *listener)
{
    if (!PQconsumeInput(listener->conn))
        return false;

    for (PGnotify *notify; (notify = PQnotifies(listener->conn));) {
        listener->on_notify(notify->relname, notify->extra);
        PQfreemem(notify);
    }
    return true;
}

/* Until the connection is lost, or the listener is to end: then true. */
static bool receive_until_lost(struct db_listener *listener)
{
    int64_t alive_at = 0;

    for (;;) {
        if (clock_us() >= alive_at) {
            if (!db_listener_command(listener->conn, "SELECT 1"))
                return false;
            alive_at = clock_us() + (int64_t)ALIVE_EVERY_MS * 1000;
            if (!receive_all(listener))
                return false;
            listener->on_alive();
        }

        /* One more, so as not to wake just before the time has come. */
        if (wait_or_close(listener, (alive_at - clock_us()) / 1000 + 1))
            return true;
        if (!receive_all(listener))
            return false;
    }
}

static void *listener_main(void *argument)
{
    struct db_listener *listener = argument;
    int64_t retry_ms = RETRY_FIRST_MS;

    prctl(PR_SET_NAME, "listener");
    do {
        retry_ms = retry_ms * 2 > RETRY_MOST_MS ? RETRY_MOST_MS : retry_ms * 2;
        if (!db_listener_is_connected(listener))
            continue;

        if (receive_until_lost(listener))
            break;
        db_listener_hang_up(listener);
        retry_ms = RETRY_FIRST_MS;
    } while (!wait_or_close(listener, retry_ms));
    return NULL;
}

struct db_listener *db_listener_start(const char *conninfo, const char *const *channels,
    db_listener_notify_fn *on_notify, db_listener_alive_fn *on_alive)
{
    struct db_listener *listener = malloc(sizeof *listener);

    if (!listener)
        abort();

    *listener = (struct db_listener){
        .conninfo = strdup(conninfo),
        .channels = channels,
        .on_notify = on_notify,
        .on_alive = on_alive,
        .closing = eventfd(0, EFD_CLOEXEC),
    };
    if (!listener->conninfo || listener->closing < 0
        || pthread_create(&listener->thread, NULL, listener_main, listener))
        abort();
    return listener;
}

void db_listener_stop(struct db_listener *listener)
{
    const uint64_t one = 1;

    if (write(listener->closing, &one, sizeof one) != sizeof one)
        abort();
    pthread_join(listener->thread, NULL);
    PQfinish(listener->conn);
    close(listener->closing);
    free(listener->conninfo);
    free(listener);
}

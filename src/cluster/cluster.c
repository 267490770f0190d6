#include "cluster/cluster.h"

#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "cluster/cluster_program.h"
#include "cluster/roles.h"

#define SOCKET_FILE "/.s.PGSQL.5432"
#define SOCKET_PATH_MAX 100 /* of the 107 that a socket's address has room for */
#define ANSWER_POLL_MS 20
#define SILENCE_US (60 * INT64_C(1000000))
#define STOP_MS 60000

struct cluster {
    struct cluster_folder folder;
    pid_t pid;
    int pidfd; /* readable once the postmaster has ended, whether it is our child or not */
    const char *admin, *owner, *serve;
};

static void cluster_watch(struct cluster *cluster, pid_t pid)
{
    cluster->pid = pid;
    cluster->pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
}

static void unwatch(struct cluster *cluster)
{
    if (cluster->pid > 0)
        waitpid(cluster->pid, NULL, WNOHANG);
    if (cluster->pidfd >= 0)
        close(cluster->pidfd);
    cluster->pid = 0;
    cluster->pidfd = -1;
}

static bool ended_within(const struct cluster *cluster, int ms)
{
    struct pollfd end = { .fd = cluster->pidfd, .events = POLLIN };

    return cluster->pidfd < 0 || poll(&end, 1, ms) > 0;
}

/* A server blocks the signals that stop it, and waits for them once it has started. */
static bool is_stop_requested(void)
{
    sigset_t pending;

    return sigpending(&pending) == 0
        && (sigismember(&pending, SIGTERM) || sigismember(&pending, SIGINT));
}

/*
 * Until it answers, or has ended. Recovery may take its time, and says so when asked; silence is
 * only borne for a while.
 */
static bool cluster_answers(const struct cluster *cluster)
{
    int64_t end = clock_us() + SILENCE_US;

    while (clock_us() < end) {
        switch (PQping(cluster->admin)) {
        case PQPING_OK:
            return true;
        case PQPING_REJECT:
            end = clock_us() + SILENCE_US;
            break;
        case PQPING_NO_RESPONSE:
        case PQPING_NO_ATTEMPT:
            break;
        }
        if (is_stop_requested() || ended_within(cluster, ANSWER_POLL_MS))
            return false;
    }
    return false;
}

/* A socket's address is short: a long path is gone to by way of the open folder. */
static const char *conninfo(
    struct call *call, const struct cluster *cluster, const char *user, const char *database)
{
    const char *host = cluster->folder.path;

    if (strlen(host) + strlen(SOCKET_FILE) > SOCKET_PATH_MAX)
        host = arena_format(&call->arena, "/proc/self/fd/%d", cluster->folder.fd);
    return arena_format(&call->arena, "host=%s port=5432 user=%s dbname=%s",
        conninfo_quote(call, host), user, database);
}

static void name_connections(struct call *call, struct cluster *cluster)
{
    cluster->admin = conninfo(call, cluster, "postgres", "postgres");
    cluster->owner = conninfo(call, cluster, ROLE_OWNER, ROLE_OWNER);
    cluster->serve = conninfo(call, cluster, ROLE_SERVE, ROLE_OWNER);
}

static bool launch(struct call *call, struct cluster *cluster, const char *programs)
{
    pid_t pid;

    if (!cluster_program_start(call, &cluster->folder, programs, &pid))
        return false;

    cluster_watch(cluster, pid);
    if (cluster_answers(cluster))
        return true;
    if (is_stop_requested())
        return fail(call, FAULT_DATABASE, "told to stop while PostgreSQL was starting");
    return fail(call, FAULT_DATABASE, "PostgreSQL does not start: %s (%s/postgres.log)",
        cluster_folder_last_error(call, &cluster->folder), cluster->folder.data);
}

/* A killed server has left one running; unless that is just ending, it is taken over. */
static bool adopt_or_launch(struct call *call, struct cluster *cluster, const char *programs)
{
    const pid_t pid = cluster_folder_postmaster(&cluster->folder);

    if (pid == 0)
        return launch(call, cluster, programs);

    cluster_watch(cluster, pid);
    if (cluster_answers(cluster)) {
        log_line(LOG_INFO, "cluster_adopted", "PostgreSQL was running already, as %d", (int)pid);
        return true;
    }
    if (!ended_within(cluster, 0))
        return fail(
            call, FAULT_DATABASE, "PostgreSQL is running as %d, but does not answer", (int)pid);

    unwatch(cluster);
    return launch(call, cluster, programs);
}

static bool cluster_start_postgres(struct call *call, struct cluster *cluster)
{
    struct cluster_folder *folder = &cluster->folder;
    const char *programs;
    int version = 0;
    bool found;

    if (!cluster_folder_find(call, folder, &found, &version)
        || !cluster_program_find(call, folder, version, &programs)
        || (!found && !cluster_program_initdb(call, folder, programs)))
        return false;

    name_connections(call, cluster);
    return adopt_or_launch(call, cluster, programs)
        && roles_create_in_own_cluster(call, cluster->admin);
}

/* The postmaster is not ours, so it is not watched, and closing leaves it alone. */
static bool join(struct call *call, struct cluster *cluster)
{
    bool found;
    int version;

    fail_clear(call);
    if (!cluster_folder_find(call, &cluster->folder, &found, &version))
        return false;
    if (found)
        name_connections(call, cluster);
    return (found && PQping(cluster->admin) == PQPING_OK)
        || fail(call, FAULT_DATABASE, "%s: the PostgreSQL of its server does not answer",
            cluster->folder.data);
}

static bool open_or_join(
    struct call *call, const char *data, bool may_join, struct cluster *cluster)
{
    cluster->pidfd = -1;
    if (cluster_folder_open(call, data, &cluster->folder))
        return cluster_start_postgres(call, cluster);
    return may_join && cluster->folder.taken && join(call, cluster);
}

static bool cluster_make(
    struct call *call, const char *data, bool may_join, struct cluster **cluster)
{
    *cluster = NEW(&call->arena, struct cluster);
    if (open_or_join(call, data, may_join, *cluster))
        return true;

    cluster_stop(*cluster);
    *cluster = NULL;
    return false;
}

bool cluster_start(struct call *call, const char *data, struct cluster **cluster)
{
    return cluster_make(call, data, false, cluster);
}

bool cluster_start_or_join(struct call *call, const char *data, struct cluster **cluster)
{
    return cluster_make(call, data, true, cluster);
}

bool cluster_is_joined(const struct cluster *cluster)
{
    return cluster->folder.taken;
}

void cluster_stop(struct cluster *cluster)
{
    if (!cluster)
        return;

    if (cluster->pid > 0 && !ended_within(cluster, 0)) {
        kill(cluster->pid, SIGINT);
        if (!ended_within(cluster, STOP_MS)) {
            log_line(LOG_WARNING, "cluster_slow", "PostgreSQL did not stop in time; it is cut off");
            kill(cluster->pid, SIGQUIT);
            ended_within(cluster, STOP_MS);
        }
    }
    unwatch(cluster);
    cluster_folder_close(&cluster->folder);
}

const char *cluster_owner_conninfo(const struct cluster *cluster)
{
    return cluster->owner;
}

const char *cluster_serve_conninfo(const struct cluster *cluster)
{
    return cluster->serve;
}

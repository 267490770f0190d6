#include "cluster/cluster_program.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"

#define VERSION_NEWEST 20
#define VERSION_OLDEST 15
#define ARGUMENTS_MAX 32

struct program_run {
    const struct cluster_folder *folder;
    const char *program;
    const char *const *arguments;
    const struct passwd *user; /* NULL: nobody else than now */
};

/* Where the packages of Debian and of Red Hat put each version. */
static const char *const cluster_program_places[] = { "/usr/lib/postgresql/", "/usr/pgsql-" };

/* Settings that differ from initdb's; administrators may change them in postgresql.conf. */
static const char cluster_program_settings[] =
    "\n"
    "# TraceTrack\n"
    "max_connections = 200\n"
    "shared_buffers = 256MB\n"
    "max_wal_size = 4GB\n"
    "wal_compression = on\n"
    "checkpoint_completion_target = 0.9\n"
    "random_page_cost = 1.1\n"
    "timezone = 'UTC'\n"
    "# Many short statements keep the processors busy as it is.\n"
    "max_parallel_workers_per_gather = 0\n"
    "jit = off\n";

/* No TCP, and no acknowledged scan is ever lost, whatever postgresql.conf says. */
static const char *const postmaster_arguments[] = {
    "-p",
    "5432",
    "-c",
    "listen_addresses=",
    "-c",
    "unix_socket_directories=.",
    "-c",
    "unix_socket_permissions=0700",
    "-c",
    "fsync=on",
    "-c",
    "full_page_writes=on",
    "-c",
    "synchronous_commit=on",
    NULL,
};

static const char *const initdb_arguments[] = {
    "--username=postgres",
    "--auth=trust", /* the folder lets nobody but its owner and root come to the socket */
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--data-checksums",
    "--no-instructions",
    NULL,
};

bool cluster_program_find(
    struct call *call, const struct cluster_folder *folder, int version, const char **programs)
{
    const int newest = version ? version : VERSION_NEWEST;
    const int oldest = version ? version : VERSION_OLDEST;

    for (int i = newest; i >= oldest; i--)
        for (size_t place = 0; place < COUNT_OF(cluster_program_places); place++) {
            *programs = arena_format(&call->arena, "%s%d/bin", cluster_program_places[place], i);
            if (access(*programs, X_OK) == 0)
                return true;
        }

    if (version)
        return fail(call, FAULT_CONFIG, "%s is PostgreSQL %d's, and that is not installed here",
            folder->path, version);
    return fail(call, FAULT_CONFIG,
        "PostgreSQL is not installed: install postgresql-15, or give DATABASE_URL");
}

/*
 * In the child, up to exec. The folder's descriptor goes along. The environment does not: it holds
 * secrets, and PG* variables would have their say.
 */
static void cluster_program_switch_user(const struct program_run *run)
{
    static char path[] = "PATH=/usr/bin:/bin", zone[] = "TZ=UTC", language[] = "LC_ALL=C.UTF-8";
    static char *const environment[] = { path, zone, language, NULL };
    char folder[32];
    const char *arguments[ARGUMENTS_MAX] = { run->program, "-D", folder };
    const int nothing = open("/dev/null", O_RDONLY);
    const struct passwd *user = run->user;
    sigset_t none;

    for (int i = 0; run->arguments[i]; i++)
        arguments[i + 3] = run->arguments[i];
    snprintf(folder, sizeof folder, "/proc/self/fd/%d", run->folder->fd);

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    setsid();
    fcntl(run->folder->fd, F_SETFD, 0);

    if (dup2(nothing, STDIN_FILENO) < 0 || dup2(run->folder->log, STDOUT_FILENO) < 0
        || dup2(run->folder->log, STDERR_FILENO) < 0 || chdir("/") < 0)
        return;
    if (user
        && (initgroups(user->pw_name, user->pw_gid) < 0 || setgid(user->pw_gid) < 0
            || setuid(user->pw_uid) < 0))
        return;
    execve(run->program, (char *const *)arguments, environment);
}

static bool spawn(struct call *call, const struct program_run *run, pid_t *pid)
{
    *pid = fork();
    if (*pid == 0) {
        cluster_program_switch_user(run);
        dprintf(STDERR_FILENO, "FATAL:  %s: %s\n", run->program, strerror(errno));
        _exit(127);
    }
    return *pid > 0 || fail(call, FAULT_CONFIG, "fork: %s", strerror(errno));
}

/* As root, PostgreSQL's programs run as the user that owns the folder. */
static bool find_user(
    struct call *call, const struct cluster_folder *folder, const struct passwd **user)
{
    *user = NULL;
    if (geteuid() != 0)
        return true;

    *user = getpwuid(folder->owner);
    return *user
        || fail(call, FAULT_CONFIG, "%s belongs to user %d, whom nobody knows", folder->path,
            (int)folder->owner);
}

static bool cluster_program_finish(
    struct call *call, const struct cluster_folder *folder, pid_t pid)
{
    int status;

    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return fail(call, FAULT_CONFIG, "initdb: %s", strerror(errno));

    return (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        || fail(call, FAULT_CONFIG, "PostgreSQL's initdb failed: %s (%s/postgres.log)",
            cluster_folder_last_error(call, folder), folder->data);
}

static bool write_settings(struct call *call, const struct cluster_folder *folder)
{
    const size_t length = sizeof cluster_program_settings - 1;
    const int fd =
        openat(folder->fd, "postgresql.conf", O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC);
    const bool written =
        fd >= 0 && write(fd, cluster_program_settings, length) == (ssize_t)length && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return written || fail(call, FAULT_CONFIG, "postgresql.conf: %s", strerror(errno));
}

bool cluster_program_initdb(struct call *call, struct cluster_folder *folder, const char *programs)
{
    struct program_run run = {
        .folder = folder,
        .program = arena_format(&call->arena, "%s/initdb", programs),
        .arguments = initdb_arguments,
    };
    pid_t pid;

    return cluster_folder_create_draft(call, folder) && find_user(call, folder, &run.user)
        && spawn(call, &run, &pid) && cluster_program_finish(call, folder, pid)
        && write_settings(call, folder) && cluster_folder_publish_draft(call, folder);
}

bool cluster_program_start(
    struct call *call, const struct cluster_folder *folder, const char *programs, pid_t *pid)
{
    struct program_run run = {
        .folder = folder,
        .program = arena_format(&call->arena, "%s/postgres", programs),
        .arguments = postmaster_arguments,
    };

    return find_user(call, folder, &run.user) && spawn(call, &run, pid);
}

#include "cluster/cluster_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/text.h"

#define ROOM_MIN_MIB 64
#define USER_STANDARD "postgres"

static bool path_fault(struct call *call, const char *path)
{
    return fail(call, FAULT_CONFIG, "%s: %s", path, strerror(errno));
}

/* The data folder holds secrets: nobody else may look into one that is made here. */
static bool make_data(struct call *call, const char *data, const char **path)
{
    char absolute[PATH_MAX];

    if (mkdir(data, 0700) < 0 && errno != EEXIST)
        return fail(call, FAULT_CONFIG, "can't make the folder %s: %s", data, strerror(errno));
    if (!realpath(data, absolute))
        return path_fault(call, data);

    *path = arena_text(&call->arena, absolute);
    return true;
}

static bool take_lock(struct call *call, struct cluster_folder *folder)
{
    const char *path = arena_format(&call->arena, "%s/server.lock", folder->data);

    folder->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (folder->lock < 0)
        return fail(call, FAULT_CONFIG, "can't write %s: %s", path, strerror(errno));
    folder->taken = flock(folder->lock, LOCK_EX | LOCK_NB) < 0;
    return !folder->taken
        || fail(call, FAULT_CONFIG, "%s: another server is running with this data folder",
            folder->data);
}

static bool check_room(struct call *call, const struct cluster_folder *folder)
{
    struct statvfs disk;

    if (statvfs(folder->data, &disk) < 0)
        return path_fault(call, folder->data);

    const uint64_t free_mib = ((uint64_t)disk.f_bavail * disk.f_frsize) >> 20;

    return free_mib >= ROOM_MIN_MIB
        || fail(call, FAULT_CONFIG, "%s: no room on the disk: %d MB free, %d MB needed",
            folder->data, (int)free_mib, ROOM_MIN_MIB);
}

static bool open_log(struct call *call, struct cluster_folder *folder)
{
    const char *path = arena_format(&call->arena, "%s/postgres.log", folder->data);

    folder->log = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    return folder->log >= 0
        || fail(call, FAULT_CONFIG, "can't write %s: %s", path, strerror(errno));
}

bool cluster_folder_open(struct call *call, const char *data, struct cluster_folder *folder)
{
    *folder = (struct cluster_folder){ .lock = -1, .log = -1, .fd = -1 };

    if (!make_data(call, data, &folder->data))
        return false;
    folder->path = arena_format(&call->arena, "%s/postgres", folder->data);
    return take_lock(call, folder) && check_room(call, folder) && open_log(call, folder);
}

void cluster_folder_close(struct cluster_folder *folder)
{
    const int fds[] = { folder->fd, folder->log, folder->lock };

    for (size_t i = 0; i < COUNT_OF(fds); i++)
        if (fds[i] >= 0)
            close(fds[i]);
}

/* Open the folder at `path` and learn whose it is. */
static bool open_path(struct call *call, struct cluster_folder *folder, const char *path)
{
    struct stat status;

    folder->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->fd < 0 || fstat(folder->fd, &status) < 0)
        return path_fault(call, path);

    folder->owner = status.st_uid;
    if (geteuid() != 0 && status.st_uid != geteuid())
        return fail(call, FAULT_CONFIG, "%s belongs to another user", path);
    return status.st_uid != 0
        || fail(call, FAULT_CONFIG, "%s belongs to root, as whom PostgreSQL can't run", path);
}

bool cluster_folder_find(
    struct call *call, struct cluster_folder *folder, bool *found, int *version)
{
    char text[16] = "";

    *found = access(folder->path, F_OK) == 0;
    if (!*found)
        return true;
    if (!open_path(call, folder, folder->path))
        return false;

    const int fd = openat(folder->fd, "PG_VERSION", O_RDONLY | O_CLOEXEC);
    const ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);

    if (fd >= 0)
        close(fd);
    *version = atoi(text);
    return (length > 0 && *version > 0)
        || fail(call, FAULT_CONFIG, "%s is not a PostgreSQL cluster", folder->path);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

/* Root's clusters belong to the user that comes with the PostgreSQL package. */
static bool give_away(struct call *call, const char *path)
{
    if (geteuid() != 0)
        return true;

    const struct passwd *user = getpwnam(USER_STANDARD);

    if (!user)
        return fail(call, FAULT_CONFIG,
            "PostgreSQL can't run as root, and there is no user \"" USER_STANDARD "\"");
    return chown(path, user->pw_uid, user->pw_gid) == 0 || path_fault(call, path);
}

static const char *draft_path(struct call *call, const struct cluster_folder *folder)
{
    return arena_format(&call->arena, "%s.new", folder->path);
}

bool cluster_folder_create_draft(struct call *call, struct cluster_folder *folder)
{
    const char *path = draft_path(call, folder);

    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) < 0 && errno != ENOENT)
        return path_fault(call, path);
    if (mkdir(path, 0700) < 0)
        return path_fault(call, path);
    return give_away(call, path) && open_path(call, folder, path);
}

bool cluster_folder_publish_draft(struct call *call, struct cluster_folder *folder)
{
    const char *path = draft_path(call, folder);

    return rename(path, folder->path) == 0 || path_fault(call, folder->path);
}

/* Whether the process works in the folder, as a postmaster and all its children do. */
static bool is_working_in(const struct cluster_folder *folder, pid_t pid)
{
    char path[64];
    struct stat here, there;

    snprintf(path, sizeof path, "/proc/%d/cwd", (int)pid);
    return stat(path, &there) == 0 && fstat(folder->fd, &here) == 0 && here.st_ino == there.st_ino
        && here.st_dev == there.st_dev;
}

pid_t cluster_folder_postmaster(const struct cluster_folder *folder)
{
    const int fd = openat(folder->fd, "postmaster.pid", O_RDONLY | O_CLOEXEC);
    char text[16] = "";

    if (fd < 0)
        return 0;

    const ssize_t length = read(fd, text, sizeof text - 1);
    const pid_t pid = (pid_t)atoi(text);

    close(fd);
    if (length > 0 && pid > 0 && is_working_in(folder, pid))
        return pid;

    /* PostgreSQL sees by itself that a number is nobody's, and looks for orphans as well. */
    if (pid > 0 && kill(pid, 0) == 0) {
        unlinkat(folder->fd, "postmaster.pid", 0);
        unlinkat(folder->fd, ".s.PGSQL.5432.lock", 0);
    }
    return 0;
}

/* What follows the last `word` in the text; NULL if it isn't there. */
static char *last_behind(char *text, const char *word)
{
    char *last = NULL;

    while ((text = strstr(text, word)))
        last = text += strlen(word);
    return last;
}

const char *cluster_folder_last_error(struct call *call, const struct cluster_folder *folder)
{
    char text[4096];
    const off_t size = lseek(folder->log, 0, SEEK_END);
    const off_t from = size > (off_t)sizeof text - 1 ? size - (off_t)sizeof text + 1 : 0;
    const ssize_t length = pread(folder->log, text, sizeof text - 1, from);

    text[length > 0 ? length : 0] = '\0';

    char *server = last_behind(text, "FATAL:"), *program = last_behind(text, "error:");
    char *last = program && (!server || program > server) ? program : server;

    if (!last)
        return "";

    last[strcspn(last, "\n")] = '\0';
    return arena_text(&call->arena, last + strspn(last, " "));
}

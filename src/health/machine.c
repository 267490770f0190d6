#include "health/machine.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/shape.h"
#include "metric/metric.h"

_Static_assert(METRIC_UNKNOWN == NO_I64, "what is not known is not known anywhere");

/* The number behind "name:" in a file of /proc; NO_I64 if there is none. */
static int64_t machine_read(const char *path, const char *name)
{
    FILE *file = fopen(path, "re");
    char line[200];
    int64_t value = NO_I64;
    const size_t length = strlen(name);

    while (file && value == NO_I64 && fgets(line, sizeof line, file))
        if (strncmp(line, name, length) == 0 && line[length] == ':')
            (void)sscanf(line + length + 1, "%" SCNd64, &value);
    if (file)
        fclose(file);
    return value;
}

/* Files in /proc count in units of 1024 bytes and call them kB. */
static int64_t machine_bytes(const char *path, const char *name)
{
    const int64_t value = machine_read(path, name);

    return value == NO_I64 ? NO_I64 : value * 1024;
}

static int64_t count_descriptors(void)
{
    static const char folder[] = "/proc/self/fd";
    struct stat about;
    int64_t count = -3; /* ".", ".." and the folder itself */

    /* Since Linux 6.2 the size is the number, which is quicker to learn for ten thousand. */
    if (stat(folder, &about) == 0 && about.st_size > 0)
        return about.st_size;

    DIR *open = opendir(folder);

    if (!open)
        return NO_I64;
    while (readdir(open))
        count++;
    closedir(open);
    return count;
}

static int64_t in_us(struct timeval time)
{
    return (int64_t)time.tv_sec * 1000000 + time.tv_usec;
}

struct machine_process machine_process(void)
{
    static const char status[] = "/proc/self/status";
    struct rusage usage = { .ru_maxrss = 0 };
    struct rlimit limit = { .rlim_cur = 0 };

    getrusage(RUSAGE_SELF, &usage);
    getrlimit(RLIMIT_NOFILE, &limit);
    return (struct machine_process){ .resident_bytes = machine_bytes(status, "VmRSS"),
        .virtual_bytes = machine_bytes(status, "VmSize"),
        .cpu_us = in_us(usage.ru_utime) + in_us(usage.ru_stime),
        .threads = machine_read(status, "Threads"),
        .files = count_descriptors(),
        .files_max = (int64_t)limit.rlim_cur };
}

struct machine_room machine_memory(void)
{
    static const char meminfo[] = "/proc/meminfo";

    return (struct machine_room){ machine_bytes(meminfo, "MemTotal"),
        machine_bytes(meminfo, "MemAvailable") };
}

struct machine_room machine_disk(const char *folder)
{
    struct statvfs about;

    if (statvfs(folder, &about) != 0)
        return (struct machine_room){ NO_I64, NO_I64 };

    /* What is reserved for root is not there for us, so it is no part of the whole either. */
    const int64_t used = (int64_t)(about.f_blocks - about.f_bfree);
    const int64_t left = (int64_t)about.f_bavail, size = (int64_t)about.f_frsize;

    return (struct machine_room){ (used + left) * size, left * size };
}

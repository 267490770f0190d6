/*
 * Machine: what the process uses of its machine, as the kernel tells it.
 */
#ifndef HEALTH_MACHINE_H
#define HEALTH_MACHINE_H

#include <stdint.h>

/* What the process uses. A number that the kernel does not tell is METRIC_UNKNOWN, which is NO_I64.
 */
struct machine_process {
    int64_t resident_bytes, virtual_bytes; /* memory */
    int64_t cpu_us; /* of all its threads, in microseconds */
    int64_t threads;
    int64_t files, files_max; /* open descriptors, and how many it may have */
};

/* What the process uses now. Reads /proc/self. */
struct machine_process machine_process(void);

/* The size of something, and how much of it is free. NO_I64 if it is not known. */
struct machine_room {
    int64_t total_bytes, free_bytes;
};

/* The memory of the whole machine; free is what programs can have without swapping. */
struct machine_room machine_memory(void);

/* The file system that a folder is on; free is what is left for others than root. */
struct machine_room machine_disk(const char *folder);

#endif

/*
 * Cluster folder: where the private PostgreSQL lies, who owns it, and which process uses it.
 */
#ifndef CLUSTER_CLUSTER_FOLDER_H
#define CLUSTER_CLUSTER_FOLDER_H

#include <sys/types.h>

#include "base/call.h"

struct cluster_folder {
    const char *data; /* absolute */
    const char *path; /* <data>/postgres */
    int lock; /* <data>/server.lock, held while it is open */
    bool taken; /* somebody else holds the lock */
    int log; /* <data>/postgres.log */
    int fd; /* of `path`; -1 if there is none yet */
    uid_t owner;
};

/* Find or create the data folder, take its lock, check the free space. FAULT_CONFIG. */
MUST_USE bool cluster_folder_open(
    struct call *call, const char *data, struct cluster_folder *folder);

/* Release the lock. */
void cluster_folder_close(struct cluster_folder *folder);

/*
 * Whether there is a cluster; if so, its folder is opened and *version is its major version.
 * FAULT_CONFIG.
 */
MUST_USE bool cluster_folder_find(
    struct call *call, struct cluster_folder *folder, bool *found, int *version);

/*
 * Create an empty draft folder beside the cluster's path, for initdb, and move it to that path when
 * it is complete. A crash in between leaves no cluster rather than half of one.
 */
MUST_USE bool cluster_folder_create_draft(struct call *call, struct cluster_folder *folder);
MUST_USE bool cluster_folder_publish_draft(struct call *call, struct cluster_folder *folder);

/*
 * The postmaster that runs in this folder, or 0. If a crash has left a pid file whose number now
 * belongs to another process, the file is removed, because PostgreSQL itself would refuse to start.
 */
pid_t cluster_folder_postmaster(const struct cluster_folder *folder);

/* The last error in PostgreSQL's log; "" if there is none. */
const char *cluster_folder_last_error(struct call *call, const struct cluster_folder *folder);

#endif

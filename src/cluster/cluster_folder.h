/*
 * Cluster folder: where the private PostgreSQL lies, whose it is, and who works in it.
 */
#ifndef CLUSTER_CLUSTER_FOLDER_H
#define CLUSTER_CLUSTER_FOLDER_H

#include <sys/types.h>

#include "base/call.h"

struct cluster_folder {
    const char *data; /* absolute */
    const char *path; /* <data>/postgres */
    int lock; /* <data>/server.lock, held while it is open */
    bool taken; /* somebody else holds it */
    int log; /* <data>/postgres.log */
    int fd; /* of `path`; -1 while there is none */
    uid_t owner;
};

/* Find or make the data folder, take its lock, see that there is room. FAULT_CONFIG. */
MUST_USE bool cluster_folder_open(
    struct call *call, const char *data, struct cluster_folder *folder);

/* Let the lock go. */
void cluster_folder_close(struct cluster_folder *folder);

/* Whether there is a cluster; if so it is opened, and its major version told. FAULT_CONFIG. */
MUST_USE bool cluster_folder_find(
    struct call *call, struct cluster_folder *folder, bool *found, int *version);

/*
 * An empty folder beside the cluster's place, for initdb; and its move to that place. Until then a
 * crash leaves no cluster rather than half of one.
 */
MUST_USE bool cluster_folder_create_draft(struct call *call, struct cluster_folder *folder);
MUST_USE bool cluster_folder_publish_draft(struct call *call, struct cluster_folder *folder);

/*
 * The postmaster that runs in this folder, or 0. A pid file that is left over from a crash, its
 * number being another process's by now, is removed: PostgreSQL itself would refuse to start.
 */
pid_t cluster_folder_postmaster(const struct cluster_folder *folder);

/* What PostgreSQL complained about last, from its log; "" if nothing. */
const char *cluster_folder_last_error(struct call *call, const struct cluster_folder *folder);

#endif

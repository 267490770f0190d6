/*
 * Cluster folder: the data folder of the server and, in it, the files of its private PostgreSQL.
 *
 * A lock file makes sure that only one server uses a data folder. A new cluster is made in a draft,
 * the folder <data>/postgres.new, which is published, that is renamed to <data>/postgres, when it
 * is complete. All functions that can fail set
 * FAULT_CONFIG, with the path and the reason, in `call`, the unit of work in hand; texts live in
 * call->arena.
 */
#ifndef CLUSTER_CLUSTER_FOLDER_H
#define CLUSTER_CLUSTER_FOLDER_H

#include <sys/types.h>

#include "base/call.h"

/* An open data folder. The descriptors are opened by the functions below and closed by
 * cluster_folder_close(); -1: not open. */
struct cluster_folder {
    const char *data; /* the data folder, as an absolute path */
    const char *path; /* the folder of PostgreSQL's files: <data>/postgres */
    int lock; /* descriptor of <data>/server.lock, which is locked while it is open */
    bool taken; /* another process holds the lock */
    int log; /* descriptor of <data>/postgres.log */
    int fd; /* descriptor of `path`; while there is a draft: of the draft */
    uid_t owner; /* the user that `fd` belongs to, as whom PostgreSQL runs */
};

/* Create the data folder `data` if there is none, take its lock, check that 64 MiB are free, and
 * open the log. Fails with folder->taken set if another process holds the lock. On failure too,
 * cluster_folder_close() must follow. */
MUST_USE bool cluster_folder_open(
    struct call *call, const char *data, struct cluster_folder *folder);

/* Close all descriptors of the folder, which releases the lock. */
void cluster_folder_close(struct cluster_folder *folder);

/* Set *found to whether <data>/postgres exists. If so, open it and set *version to the major
 * version of PostgreSQL that made it. Fails if it belongs to root or another user, or is no
 * PostgreSQL cluster. */
MUST_USE bool cluster_folder_find(
    struct call *call, struct cluster_folder *folder, bool *found, int *version);

/* Create and open the empty folder <data>/postgres.new, the draft, for initdb to fill. A draft left
 * by a crash is removed first. Started by root, it is given to the user "postgres". */
MUST_USE bool cluster_folder_create_draft(struct call *call, struct cluster_folder *folder);

/* Rename the complete draft to <data>/postgres. So a crash before that leaves no cluster rather
 * than half of one. */
MUST_USE bool cluster_folder_publish_draft(struct call *call, struct cluster_folder *folder);

/* The process id of the PostgreSQL server (postmaster) that runs in this folder, or 0. If a crash
 * has left a pid file whose number now belongs to another process, the file is removed, because
 * PostgreSQL itself would refuse to start. */
pid_t cluster_folder_postmaster(const struct cluster_folder *folder);

/* The text of the last error in the final 4 KiB of PostgreSQL's log; "" if there is none. */
const char *cluster_folder_last_error(struct call *call, const struct cluster_folder *folder);

#endif

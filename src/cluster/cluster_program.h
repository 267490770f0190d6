/*
 * Cluster program: finds PostgreSQL's programs and runs them in the cluster's folder, as its owner.
 */
#ifndef CLUSTER_CLUSTER_PROGRAM_H
#define CLUSTER_CLUSTER_PROGRAM_H

#include "cluster/cluster_folder.h"

/*
 * The folder of initdb and postgres. `version` 0 takes the newest there is; another one has to be
 * that. FAULT_CONFIG.
 */
MUST_USE bool cluster_program_find(
    struct call *call, const struct cluster_folder *folder, int version, const char **programs);

/* Make a cluster in the folder's draft, and move it to its place. FAULT_CONFIG. */
MUST_USE bool cluster_program_initdb(
    struct call *call, struct cluster_folder *folder, const char *programs);

/* Start the postmaster; the log takes what it prints. FAULT_CONFIG. */
MUST_USE bool cluster_program_start(
    struct call *call, const struct cluster_folder *folder, const char *programs, pid_t *pid);

#endif

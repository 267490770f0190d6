/*
 * Cluster program: finds PostgreSQL's programs and runs them in the cluster's folder, as the owner
 * of that folder.
 */
#ifndef CLUSTER_CLUSTER_PROGRAM_H
#define CLUSTER_CLUSTER_PROGRAM_H

#include "cluster/cluster_folder.h"

/*
 * *programs is the path of the folder that holds initdb and postgres. `version` 0 takes the newest;
 * any other version must match exactly. FAULT_CONFIG if there is none.
 */
MUST_USE bool cluster_program_find(
    struct call *call, const struct cluster_folder *folder, int version, const char **programs);

/* Create a cluster in the draft folder and move it to its path. FAULT_CONFIG. */
MUST_USE bool cluster_program_initdb(
    struct call *call, struct cluster_folder *folder, const char *programs);

/* Start the postmaster; its output goes to the log. FAULT_CONFIG. */
MUST_USE bool cluster_program_start(
    struct call *call, const struct cluster_folder *folder, const char *programs, pid_t *pid);

#endif

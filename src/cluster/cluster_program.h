/*
 * Cluster program: finds PostgreSQL's programs and runs them in the folder of the server's private
 * PostgreSQL (the cluster), as the owner of that folder.
 *
 * Each function that fails sets FAULT_CONFIG in `call`, the unit of work in hand; texts live in
 * call->arena.
 */
#ifndef CLUSTER_CLUSTER_PROGRAM_H
#define CLUSTER_CLUSTER_PROGRAM_H

#include "cluster/cluster_folder.h"

/* Set *programs to the folder that holds the programs initdb and postgres of this major version; of
 * the newest installed one for `version` 0. Fails if that version, or any, is not installed. */
MUST_USE bool cluster_program_find(
    struct call *call, const struct cluster_folder *folder, int version, const char **programs);

/* Run initdb from the folder `programs` in a draft folder, wait for its end, add this program's
 * settings to postgresql.conf, and move the draft to its final path (see cluster_folder.h). */
MUST_USE bool cluster_program_initdb(
    struct call *call, struct cluster_folder *folder, const char *programs);

/* Start the PostgreSQL server from the folder `programs` as a child process, *pid, whose output
 * goes to the folder's log. Does not wait until it answers. */
MUST_USE bool cluster_program_start(
    struct call *call, const struct cluster_folder *folder, const char *programs, pid_t *pid);

#endif

/*
 * Cluster: the server's own private PostgreSQL, used if there is no DATABASE_URL.
 *
 * Its files are in <data>/postgres. It answers only on a Unix socket there, and stops with the
 * server. Its durability settings are on, so committed data survives a crash. It runs in a process
 * session of its own, so that a Ctrl-C meant for the server does not stop it first. If the server
 * is killed, the next one finds the cluster running and adopts it.
 *
 * PostgreSQL refuses to run as root. If the server is started by root, the cluster runs as the
 * owner of its folder and is given that folder as an open descriptor, so that it needs no access to
 * the folders above. `call` is the unit of work in hand: its arena has all memory, its fault the
 * reason of a failure.
 */
#ifndef CLUSTER_CLUSTER_H
#define CLUSTER_CLUSTER_H

#include "base/call.h"

/* A running private PostgreSQL and the handles of its folder and process. Opaque. */
struct cluster;

/* Create the cluster in the folder `data` if there is none, start it, wait until it answers, and
 * create its roles and database. *cluster lives in call->arena. FAULT_CONFIG if the folder can't be
 * used (another server has it, the disk is full, its PostgreSQL version is not installed);
 * FAULT_DATABASE if PostgreSQL does not start or answer. */
MUST_USE bool cluster_start(struct call *call, const char *data, struct cluster **cluster);

/* For a command that may run beside a server: if a server is running with this data folder, connect
 * to its cluster ("join" it); otherwise do what cluster_start() does, with the same faults.
 * FAULT_DATABASE also if the server's cluster does not answer, as it is starting or stopping. In
 * both cases *cluster is set and cluster_stop() must follow, which leaves a joined cluster running.
 */
MUST_USE bool cluster_start_or_join(struct call *call, const char *data, struct cluster **cluster);

/* Whether cluster_start_or_join() joined a running server's cluster instead of starting one. */
bool cluster_is_joined(const struct cluster *cluster);

/* Stop PostgreSQL at once (fast shutdown: open transactions are rolled back) and release the data
 * folder. Waits until it has ended. A joined cluster keeps running. NULL is allowed. */
void cluster_stop(struct cluster *cluster);

/* The libpq connection string for the role that owns the schema and may migrate it. Lives as long
 * as the arena of the call that started the cluster. */
const char *cluster_owner_conninfo(const struct cluster *cluster);

/* The libpq connection string for the role that serves requests: it may read and write rows but not
 * change the schema. Lives as long as the arena of the call that started the cluster. */
const char *cluster_serve_conninfo(const struct cluster *cluster);

#endif

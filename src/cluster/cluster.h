/*
 * Cluster: the server's own private PostgreSQL, used if there is no DATABASE_URL.
 *
 * It lies in <data>/postgres, answers only on a socket there, and stops with the server. Its
 * durability settings are on: an acknowledged scan survives if everything is killed. It runs in a
 * session of its own, so that a Ctrl-C meant for the server does not reach it first. If the server
 * is killed, the next one finds the cluster running and adopts it.
 *
 * PostgreSQL refuses to run as root. If the server is started by root, the cluster runs as the
 * owner of its folder and is given that folder as an open descriptor, so that it needs no access to
 * the folders above.
 */
#ifndef CLUSTER_CLUSTER_H
#define CLUSTER_CLUSTER_H

#include "base/call.h"

struct cluster;

/*
 * Create the cluster if there is none, start it, and wait until it answers. FAULT_CONFIG if the
 * data folder can't be used: another server uses it, it is full, or it belongs to another
 * PostgreSQL.
 */
MUST_USE bool cluster_start(struct call *call, const char *data, struct cluster **cluster);

/*
 * The same for a command: if a server is running with this data folder, join its cluster and leave
 * it running. FAULT_DATABASE if that cluster is just starting or stopping.
 */
MUST_USE bool cluster_start_or_join(struct call *call, const char *data, struct cluster **cluster);

/* Whether it belongs to a running server. */
bool cluster_is_joined(const struct cluster *cluster);

/*
 * Stop it at once: open transactions are rolled back, committed ones are on disk. A joined cluster
 * keeps running. NULL is allowed.
 */
void cluster_stop(struct cluster *cluster);

/*
 * Connection strings for the owner of the schema and for the serving role; valid until the call's
 * arena ends.
 */
const char *cluster_owner_conninfo(const struct cluster *cluster);
const char *cluster_serve_conninfo(const struct cluster *cluster);

#endif

/*
 * Cluster: the server's own private PostgreSQL, for whoever gives no DATABASE_URL.
 *
 * It lies in <data>/postgres, answers on a socket there and nowhere else, and ends with the server.
 * Its durability settings are on: an acknowledged scan survives a kill of everything. It runs in a
 * session of its own, so that a Ctrl-C meant for the server does not reach it first; should the
 * server be killed, the next one finds the cluster running and adopts it.
 *
 * PostgreSQL refuses to run as root. Started by root it runs as the owner of its folder, and is
 * given that folder as an open descriptor: so the folders above need not be passable for it.
 */
#ifndef CLUSTER_CLUSTER_H
#define CLUSTER_CLUSTER_H

#include "base/call.h"

struct cluster;

/*
 * Make the cluster if there is none, start it, and wait until it answers. FAULT_CONFIG when the
 * data folder can't be used: another server has it, it is full, it is another PostgreSQL's.
 */
MUST_USE bool cluster_start(struct call *call, const char *data, struct cluster **cluster);

/*
 * The same for a command: where a server is running with the data folder, its cluster is visited,
 * and left running. FAULT_DATABASE when that does not answer yet, or not any more.
 */
MUST_USE bool cluster_start_or_join(struct call *call, const char *data, struct cluster **cluster);

/* Whether it is a running server's. */
bool cluster_is_joined(const struct cluster *cluster);

/*
 * Fast shut-down: transactions are rolled back, what was committed is on disk. One that is visited
 * goes on. NULL is allowed.
 */
void cluster_stop(struct cluster *cluster);

/* As the owner of the schema, and as the role that serves. Good until the call's arena ends. */
const char *cluster_owner_conninfo(const struct cluster *cluster);
const char *cluster_serve_conninfo(const struct cluster *cluster);

#endif

/*
 * Health handlers: tell a load balancer or monitor whether the server is alive and ready.
 *
 * A handler reads a request and fills in the reply; it normally runs on a worker thread.
 */
#ifndef HEALTH_HEALTH_HTTP_H
#define HEALTH_HEALTH_HTTP_H

#include "http/route.h"

/* GET /health: answer 200 as long as the process runs. It is declared as a batch route
 * (http/batch.h) without work to wait for, so the http thread answers at once, without worker or
 * database. */
extern const struct batch_route get_liveness;

/* GET /api/health: run a query, and answer 200 if the database can serve requests. Otherwise the
 * handler fails, and the client gets 503. */
handler_fn get_readiness;

/* Begin: `data` is the data folder, whose disk is watched; it is not copied. Called at the server's
 * start. */
void health_start(const char *data);

/* GET /api/pool_health: the sessions of PostgreSQL, by use, and how near they are to the most that
 * there may be. */
handler_fn get_pool_health;

/* GET /api/system_health: sessions, memory, disk, sizes, schema, WAL, errors and age of the server
 * and its database. */
handler_fn get_system_health;

/* GET /api/slow_queries: the statements whose answers took long (db/slow.h). */
handler_fn get_slow_queries;

#endif

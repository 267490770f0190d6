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

#endif

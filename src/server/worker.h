/*
 * Worker: threads that run handlers (the functions that answer requests) from start to end, each
 * with a database session of its own.
 *
 * They take exchanges (requests with their answers) from one bounded queue, and return each to its
 * loop, the http thread that it came from. A handler runs in one transaction. It is run
 * again from the start if the transaction conflicts with another (FAULT_AGAIN; at most 3 times in
 * all) or loses its database connection before COMMIT (once), which is safe because a handler has
 * no effect outside its transaction.
 */
#ifndef SERVER_WORKER_H
#define SERVER_WORKER_H

#include "base/arena.h"
#include "server/exchange.h"
#include "server/server.h"

/* Start settings->workers threads, each with a database session for settings->conninfo (copied; no
 * session if that is NULL), and a queue of at most settings->queue_max exchanges. */
void workers_start(const struct server_settings *settings);

/* End the threads and close their database sessions. The loops must have ended, so that the queue
 * is empty. */
void workers_stop(void);

/* Queue the exchange for a worker, which runs the route's handler, commits, encodes the reply, and
 * returns the exchange to its loop. Does not block. Returns false if the queue is full, without a
 * fault: the exchange is still the caller's, which must answer it. */
MUST_USE bool worker_queue_call(struct exchange *exchange);

/* Queue the exchange for a worker, which loads the session of exchange->visitor from the database,
 * and returns the exchange to its loop with the result in visitor.lookup. Does not block. Returns
 * false if the queue is full; records no fault. */
MUST_USE bool worker_load_session(struct exchange *exchange);

/* The number of exchanges in the queue, which wait for a worker now. May be called on any thread.
 */
int workers_waiting(void);

#endif

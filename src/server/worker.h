/*
 * Worker: threads that run handlers from start to end, each with a database session of its own.
 *
 * The queue before them is bounded. A call is one transaction. A call that lost a race
 * (FAULT_AGAIN) is run again from the start, which is safe because it has no effect outside its
 * transaction.
 */
#ifndef SERVER_WORKER_H
#define SERVER_WORKER_H

#include "base/arena.h"
#include "server/exchange.h"
#include "server/server.h"

/* Start the threads. */
void workers_start(const struct server_settings *settings);

/* Ends the threads. The queue must be empty. */
void workers_stop(void);

/*
 * Run the route's handler, or load the session of exchange->visitor, and return the exchange to its
 * loop. False at once if too many are waiting.
 */
MUST_USE bool worker_run_call(struct exchange *exchange);

/* Queue the exchange for a worker that loads its session. False if the queue is full. */
MUST_USE bool worker_load_session(struct exchange *exchange);

/* How many calls wait for a worker. */
int workers_waiting(void);

#endif

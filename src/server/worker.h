/*
 * Worker: threads that run handlers straight through, each with a database session of its own.
 *
 * The queue before them is bounded. A call is one transaction; one that lost a race (FAULT_AGAIN)
 * is run again from the start, which is safe because it has no effect outside its transaction.
 */
#ifndef SERVER_WORKER_H
#define SERVER_WORKER_H

#include "base/arena.h"
#include "server/exchange.h"
#include "server/server.h"

void workers_start(const struct server_settings *settings);

/* Ends the threads; nothing may be waiting any more. */
void workers_stop(void);

/*
 * Run the route's handler, or load the session of exchange->admission, and give the exchange back
 * to its loop. False at once when too many wait.
 */
MUST_USE bool worker_run_call(struct exchange *exchange);
MUST_USE bool worker_load_session(struct exchange *exchange);

int workers_waiting(void);

#endif

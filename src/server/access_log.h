/*
 * Access log: one line per answered request, and the counts of requests.
 *
 * A failed call is logged here and nowhere else, with the reason and its request id. Successful
 * requests on hot routes are only logged at the debug level: one line each would cost as much as
 * the scan.
 */
#ifndef SERVER_ACCESS_LOG_H
#define SERVER_ACCESS_LOG_H

#include "server/exchange.h"
#include "server/server.h"

/* Log a finished exchange and count it. */
void access_log_write(struct exchange *exchange);

/* Set the counts to zero. */
void access_log_reset(void);

/* Sets `requests` and `busy_us`. */
void access_log_stats(struct server_stats *stats);

#endif

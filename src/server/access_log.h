/*
 * Access log: one log line per answered request, and the counts of requests.
 *
 * A failed request is logged here and nowhere else, with the reason and its request id. Successful
 * GET requests and those of batch routes (http/batch.h) are only logged at the debug level, unless
 * they took more than 0.5 s: a line would cost as much as the request. Of answers 4xx and 503, at
 * most 50 per second are logged. An exchange is one request with its answer (server/exchange.h).
 */
#ifndef SERVER_ACCESS_LOG_H
#define SERVER_ACCESS_LOG_H

#include "server/exchange.h"
#include "server/server.h"

/* Count a request whose answer is known, and write its log line if the line's level (debug, info,
 * warning, error) is on. Called once per request, just before its answer is sent. */
void access_log_write(struct exchange *exchange);

/* Set the counts of requests to zero, at the server's start. */
void access_log_reset(void);

/* Set stats->requests and stats->busy_us to the counts since the server's start, and nothing else
 * of *stats. */
void access_log_stats(struct server_stats *stats);

#endif

/*
 * Access log: one log line per answered request, and the metrics of requests (metric/metric.h).
 *
 * A failed request is logged here and nowhere else, with the reason and its request id. Successful
 * GET requests and those of batch routes (http/batch.h) are only logged at the debug level, unless
 * they took more than 0.5 s: a line would cost as much as the request. Of answers 4xx and 503, at
 * most 50 per second are logged. An exchange is one request with its answer (server/exchange.h).
 */
#ifndef SERVER_ACCESS_LOG_H
#define SERVER_ACCESS_LOG_H

#include "server/exchange.h"

/* Count a request whose answer is known, and write its log line if the line's level (debug, info,
 * warning, error) is on. Called once per request, just before its answer is sent. */
void access_log_write(struct exchange *exchange);

/* Name what is counted, at the server's start: the routes, the classes of status and the faults. */
void access_log_start(void);

#endif

/*
 * Access log: one line per answered request, and the count of them.
 *
 * A failed call is logged here and nowhere else, with what went wrong and its request id. Hot
 * routes that went well are only told at the debug level: a line each would cost as much as the
 * scan.
 */
#ifndef SERVER_ACCESS_LOG_H
#define SERVER_ACCESS_LOG_H

#include "server/exchange.h"
#include "server/server.h"

void access_log_write(struct exchange *exchange);

void access_log_reset(void);

/* Fills in `requests` and `busy_us`. */
void access_log_stats(struct server_stats *stats);

#endif

/*
 * Send: hand the finished exchange to libmicrohttpd, or, when that can't be, to the socket.
 */
#ifndef SERVER_SEND_H
#define SERVER_SEND_H

#include <microhttpd.h>

#include "server/exchange.h"

/* Queue the reply (or the problem, if the exchange failed), and log it. */
enum MHD_Result send_reply(struct exchange *exchange);

/* Queue the asset. */
enum MHD_Result send_asset(struct exchange *exchange);

/* Queue the head of an event stream; feed_listener_read() provides the rest. */
enum MHD_Result send_feed(struct exchange *exchange);

/*
 * Say the problem on the socket itself and nothing after it. libmicrohttpd would read most
 * bodies to their end before it sends a refusal; what still comes is swallowed by the caller.
 */
void send_raw_problem(struct exchange *exchange);

#endif

/*
 * Send: passes the finished exchange to libmicrohttpd, or writes to the socket if that is
 * impossible.
 */
#ifndef SERVER_SEND_H
#define SERVER_SEND_H

#include <microhttpd.h>

#include "server/exchange.h"

/* Queue the reply, or the problem if the exchange failed, and log it. */
enum MHD_Result send_reply(struct exchange *exchange);

/* Queue the asset. */
enum MHD_Result send_asset(struct exchange *exchange);

/* Queue the head of an event stream; feed_listener_read() supplies the rest. */
enum MHD_Result send_feed(struct exchange *exchange);

/*
 * Write the problem to the socket directly, as the connection's last answer. libmicrohttpd would
 * read most bodies to their end before it sends a refusal. The caller reads and drops the rest of
 * the body.
 */
void send_raw_problem(struct exchange *exchange);

#endif

/*
 * Send: passes the answer of a request to libmicrohttpd, the HTTP library, or writes it to the
 * socket itself where the library can't.
 *
 * An exchange is one request with its answer. A problem is the JSON object of RFC 9457 that
 * describes an error. To queue is to give the library a response, which it sends when the client
 * can receive it. All functions run on the thread of the connection's loop, and write the access
 * log. Those with a result return MHD_NO if the response can't be queued; the library then closes
 * the connection.
 */
#ifndef SERVER_SEND_H
#define SERVER_SEND_H

#include <microhttpd.h>

#include "server/exchange.h"

/* Queue exchange->reply with all its headers as the answer, and log it. If the exchange has failed
 * and has no reply yet, the problem for its fault (the recorded failure) becomes the reply. */
enum MHD_Result send_reply(struct exchange *exchange);

/* Queue exchange->asset, a file of the web app, as the answer, and log it. */
enum MHD_Result send_asset(struct exchange *exchange);

/* Queue the answer of a feed, a stream of server-sent events, and log it. The library then reads
 * the events by feed_listener_read() and sends them. */
enum MHD_Result send_feed(struct exchange *exchange);

/* Write the problem for the exchange's fault (the recorded failure) to the socket directly, as the
 * connection's last answer, and log it: libmicrohttpd would read most bodies to their end before it
 * sends an answer. The caller reads and drops the rest of the body. */
void send_raw_problem(struct exchange *exchange);

#endif

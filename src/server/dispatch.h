/*
 * Dispatch: the callbacks by which libmicrohttpd, the HTTP library, passes each request to the
 * server, from the request line to the answer.
 *
 * They run on the thread of the connection's loop: one http thread with its epoll and its
 * connections. An exchange is one request with its answer. While a worker (a thread that runs
 * handlers) or a lane (a thread that runs batches) has the exchange, the connection is suspended.
 */
#ifndef SERVER_DISPATCH_H
#define SERVER_DISPATCH_H

#include <microhttpd.h>

struct exchange;

/* Callback: the request line has arrived. Creates the request's exchange and returns it, which the
 * library passes to the other callbacks. `loop` is the struct loop; `uri` is copied, then its query
 * is cut off in the library's buffer. */
void *dispatch_uri(void *loop, const char *uri, struct MHD_Connection *connection);

/* Callback: continue with a request. Called once when the headers are complete, for each piece of
 * the body (`upload`, *upload_size bytes, which it sets to 0 when read), at the body's end, and
 * after a suspension, until a response is queued. *exchange is the struct exchange. Returns MHD_NO
 * to close the connection. */
enum MHD_Result dispatch_request(void *loop, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_size,
    void **exchange);

/* Callback: the answer was sent, or the connection is lost. Ends the exchange, sets *exchange to
 * NULL, and waits for the connection's next request; if the server is stopping, shuts the
 * connection down instead. */
void dispatch_completed(void *loop, struct MHD_Connection *connection, void **exchange,
    enum MHD_RequestTerminationCode why);

/* Answer 400 (FAULT_BAD_INPUT) to a request that the library itself is about to reject, as the last
 * answer of its connection. `why` is an English text for the log. */
void dispatch_refuse(struct exchange *exchange, const char *why);

/* Continue with an exchange that another thread has returned by loop_return(): a worker, a lane, or
 * the publisher of a feed (server-sent events). Called by the loop. */
void dispatch_returned(struct exchange *exchange);

#endif

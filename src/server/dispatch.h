/*
 * Dispatch: takes a request from its headers to its answer, on its connection's loop.
 *
 * The functions are libmicrohttpd's callbacks; their closure is the loop.
 */
#ifndef SERVER_DISPATCH_H
#define SERVER_DISPATCH_H

#include <microhttpd.h>

struct exchange;

/* The request line has arrived: begin an exchange. */
void *dispatch_uri(void *loop, const char *uri, struct MHD_Connection *connection);

/* Called for the headers, for each piece of the body and at its end, until a response is queued. */
enum MHD_Result dispatch_request(void *loop, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_size,
    void **exchange);

/* The answer was sent, or the connection is lost. */
void dispatch_completed(void *loop, struct MHD_Connection *connection, void **exchange,
    enum MHD_RequestTerminationCode why);

/* The library won't give us this request: answer it with a 400 and let the connection go. */
void dispatch_refuse(struct exchange *exchange, const char *why);

/* The exchange has returned from a worker, a lane or a feed. */
void dispatch_returned(struct exchange *exchange);

#endif

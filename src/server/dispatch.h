/*
 * Dispatch: a request's way from its headers to its answer, on its connection's loop.
 *
 * The functions are libmicrohttpd's callbacks, with the loop as their closure.
 */
#ifndef SERVER_DISPATCH_H
#define SERVER_DISPATCH_H

#include <microhttpd.h>

struct exchange;

/* The request line is here: begin an exchange. */
void *dispatch_uri(void *loop, const char *uri, struct MHD_Connection *connection);

/* Headers, body and what follows: called again and again until a response is queued. */
enum MHD_Result dispatch_request(void *loop, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_size,
    void **exchange);

/* The answer is sent, or the connection is gone. */
void dispatch_completed(void *loop, struct MHD_Connection *connection, void **exchange,
    enum MHD_RequestTerminationCode why);

/* The exchange is back from a worker, a lane or a feed. */
void dispatch_returned(struct exchange *exchange);

#endif

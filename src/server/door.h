/*
 * Door: may this request come in? The checks, in their fixed order.
 */
#ifndef SERVER_DOOR_H
#define SERVER_DOOR_H

#include "server/exchange.h"

enum door {
    DOOR_OPEN,
    DOOR_ANSWER, /* the answer is known: a fault, an asset, or exchange->reply */
    DOOR_ASK, /* a worker must load the session; then door_enter_again() */
};

/*
 * The request's headers are here. `url` and `version` ("HTTP/1.1" and the like) are where they
 * came, in libmicrohttpd's buffer.
 */
enum door door_enter(
    struct exchange *exchange, const char *url, const char *method, const char *version);

enum door door_enter_again(struct exchange *exchange);

#endif

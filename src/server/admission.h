/*
 * Door: may this request come in? The checks, in their fixed order.
 */
#ifndef SERVER_ADMISSION_H
#define SERVER_ADMISSION_H

#include "server/exchange.h"

enum admission {
    ADMISSION_GRANTED,
    ADMISSION_ANSWERED, /* the answer is known: a fault, an asset, or exchange->reply */
    ADMISSION_NEEDS_SESSION, /* a worker must load the session; then admission_check_again() */
};

/*
 * The request's headers are here. `url` and `version` ("HTTP/1.1" and the like) are where they
 * came, in libmicrohttpd's buffer.
 */
enum admission admission_check(
    struct exchange *exchange, const char *url, const char *method, const char *version);

enum admission admission_check_again(struct exchange *exchange);

#endif

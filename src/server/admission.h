/*
 * Admission: decides whether a request may come in. The order of the checks is fixed.
 */
#ifndef SERVER_ADMISSION_H
#define SERVER_ADMISSION_H

#include "server/exchange.h"

/* What a check has come to. */
enum admission {
    ADMISSION_GRANTED,
    ADMISSION_ANSWERED, /* the answer is known already: a fault, an asset, or exchange->reply */
    ADMISSION_NEEDS_SESSION, /* a worker must load the session, then call admission_check_again() */
};

/*
 * Called when the headers are complete. `url` and `version` ("HTTP/1.1" and the like) must be the
 * pointers into libmicrohttpd's buffer.
 */
enum admission admission_check(
    struct exchange *exchange, const char *url, const char *method, const char *version);

/* Check again once a worker has loaded the session: the rest of the checks. */
enum admission admission_check_again(struct exchange *exchange);

/* Give the request its id: the one that was sent along, or a new one. */
void admission_name(struct exchange *exchange);

#endif

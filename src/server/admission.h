/*
 * Admission: decides by its headers whether a request may be processed.
 *
 * It checks, in a fixed order: headers (http/guard.h), sizes, route, session, rate limit (before
 * the session if the route is open to all), CSRF token, permission, query parameters, length of the
 * body (before a session is loaded from the database, if it must be). A route is a row of the table
 * of URLs (http/route.h). An exchange is one request with its answer. Its session is the signed-in
 * session of its user; if the cache of sessions lacks it, a worker, a thread with a database
 * session, must load it. A fault is a recorded failure, which becomes the answer.
 */
#ifndef SERVER_ADMISSION_H
#define SERVER_ADMISSION_H

#include "server/exchange.h"

/* The result of the checks of a request. */
enum admission {
    ADMISSION_GRANTED, /* all passed: receive the body and run the route */
    ADMISSION_ANSWERED, /* the answer is known already: a fault, an asset, or exchange->reply */
    ADMISSION_NEEDS_SESSION, /* a worker must load the session, then call admission_check_again() */
};

/* Read the headers into exchange->request and run the checks. Called when the headers are complete.
 * `url`, `method` and `version` (such as "HTTP/1.1") must be libmicrohttpd's pointers into its
 * buffer. If a check fails, the fault is in exchange->call. */
enum admission admission_check(
    struct exchange *exchange, const char *url, const char *method, const char *version);

/* Run the rest of the checks once a worker has loaded the session, after ADMISSION_NEEDS_SESSION.
 * Returns ADMISSION_GRANTED, or ADMISSION_ANSWERED with the fault in exchange->call. */
enum admission admission_check_again(struct exchange *exchange);

/* Set the request's id, call.request_id, for the log and the answer: the valid X-Request-ID header
 * that came with it, or 32 random hex digits. */
void admission_name(struct exchange *exchange);

#endif

/*
 * Route: a row of the table of all URLs (src/routes.c): which function answers, who may use it, how
 * often, and how many bytes a request may send.
 *
 * The program refuses to start with a row that has no permission: `permission` has no default, and
 * routes that are open to all say ANYONE. A route runs in one of three ways:
 *   CALL   a worker, a thread, runs the handler from start to end, in one transaction
 *   BATCH  for the busiest routes: the requests that wait are processed together (http/batch.h)
 *   FEED   server-sent events: the connection stays open, and gets every message of the topic
 */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "auth/permission.h"
#include "base/call.h"
#include "http/reply.h"
#include "http/request.h"

/* The HTTP methods that routes may have; 0 is none. DELETE_ has an underscore because a system
 * header (<arpa/nameser_compat.h>) defines DELETE. */
enum method { GET = 1, POST, PUT, PATCH, DELETE_ };

/* The rate limit of a route: RATE_NONE, _SIGN_IN, _READ, _WATCH, _WRITE or _SCAN. auth/limit.def
 * says how many requests each allows. */
enum rate_class {
    RATE_UNSET, /* not given, which routes_check() rejects */
#define RATE(rate, name, every_us, burst, text) rate,
#define LIMIT(limit, name, most, seconds, whose, text)
#include "auth/limit.def"
#undef RATE
#undef LIMIT
    RATE_COUNT /* how many values there are, with UNSET */
};

/* 1 KiB (1024 bytes), for body_max of struct route. */
#define KIB ((size_t)1024)
/* 1 MiB (1024 * 1024 bytes), for body_max of struct route. */
#define MIB (1024 * KIB)

/* The function that answers the requests of a CALL route: it reads the request and fills in the
 * reply, in one transaction of the call (the unit of work). If it returns false, the transaction is
 * rolled back (or committed, after fail_keeping()) and the client gets the call's fault as an
 * error. */
typedef bool handler_fn(struct call *call, const struct request *request, struct reply *reply);

struct listing; /* the description of a list, see list/listing.h */
struct batch; /* the records of one request of a BATCH route, see http/batch.h */
struct batch_route; /* the functions of a BATCH route, see http/batch.h */

/* A row of the table: a method and URL path, what answers its requests, and who may use it, how
 * often, and with how long a body. */
struct route {
    enum method method; /* GET also answers HEAD */
    const char *path; /* "/api/bag/{qr}": literal segments and {parameters} */
    handler_fn *call; /* the function that answers; exactly one of call, batch and feed is set */
    const struct batch_route *batch; /* the functions that answer in batches */
    const char *feed; /* the topic whose messages are the answer, see http/feed.h */
    const struct listing *list; /* the list that `call` shows; NULL: none */
    const char *query; /* names of the other query parameters, with blanks between; NULL: none */
    enum permission permission; /* what a user must be allowed to do to use it, or ANYONE */
    enum rate_class rate; /* its rate limit */
    size_t body_max; /* most bytes of the body; 0: it has no body */
};

/* Initialises the members `call` to `query` of a row of routes[]: `handler`, a handler_fn, answers
 * the requests; they have no query parameters. */
#define CALL(handler) handler, NULL, NULL, NULL, NULL
/* Initialises the members `call` to `query` of a row of routes[]: `route`, a struct batch_route,
 * answers the requests in batches. */
#define BATCH(route) NULL, &(route), NULL, NULL, NULL
/* Initialises the members `call` to `query` of a row of routes[]: the answer is the stream of
 * server-sent events of this topic. */
#define FEED(topic) NULL, NULL, topic, NULL, NULL

/* Initialises the members `call` to `query` of a row of routes[]: `handler`, a handler_fn, answers
 * the requests; `query` is the names of their query parameters, with blanks between, or
 * QUERY_ANY. */
#define CALL_WITH(handler, query) handler, NULL, NULL, NULL, query
/* Value for the member `query` of a route: the server accepts any query parameter, and the handler
 * checks them. */
#define QUERY_ANY "*"

/* The table of all routes of the program, routes_count rows, defined in src/routes.c. */
extern const struct route routes[];

/* The number of rows of routes[]. */
extern const int routes_count;

/* Check the table routes[] and build the index that route_find() uses. Called at start. If a row is
 * incomplete or there twice, it prints the reason to stderr and aborts. */
void routes_check(void);

/* The name of the method, such as "GET", a constant; "" if it is not a method. */
const char *method_name(enum method method);

/* The method with this name, such as "GET", in upper case; 0 if routes can't have it. */
enum method method_from_name(const char *name);

/* The most {parameters} that the path of a route may have. */
#define PATH_VALUES_MAX 4

/* The value of a {parameter}: a piece of the request's path, not decoded, not NUL-terminated. */
struct path_value {
    const char *start; /* NULL in the items after the last parameter */
    size_t length;
};

/* The result of route_find(). */
struct route_found {
    const struct route *route; /* NULL unless it returned FAULT_NONE */
    struct path_value values[PATH_VALUES_MAX]; /* of the {parameters}, in the path's order */
    unsigned allowed; /* with FAULT_BAD_METHOD: the path's methods, 1 << enum method each */
};

/* Find the route for a method and a path as sent (not decoded), and set *found, which points into
 * `path`. Returns FAULT_NONE, FAULT_NOT_FOUND, or FAULT_BAD_METHOD if the path has other methods. A
 * literal segment wins over a parameter. routes_check() must have been called. */
enum fault_code route_find(enum method method, const char *path, struct route_found *found);

/* Write the value of an Allow header, such as "GET, HEAD, POST, OPTIONS", to `text`. `allowed` is a
 * set of methods, 1 << enum method each; HEAD is added to GET, and OPTIONS always. */
void methods_text(unsigned allowed, char text[64]);

#endif

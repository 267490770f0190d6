/*
 * Route: what a URL does, who may use it, how often, and how much they may send.
 *
 * Everything that can be reached from outside is in one table in src/routes.c. A row without a
 * permission stops the start: `permission` has no default, and routes that are open to all say
 * ANYONE.
 *
 * A route runs in one of three ways:
 *   CALL   a worker runs the handler from start to end, in one transaction
 *   BATCH  for the busiest routes: the http thread reads the request into records, a lane works on
 *          those of many requests at once, and the http thread writes the answer
 *   FEED   server-sent events: the connection stays open, and gets every message of the topic
 */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "auth/permission.h"
#include "base/call.h"
#include "http/reply.h"
#include "http/request.h"

enum method { GET = 1, POST, PUT, PATCH, DELETE_ };
enum rate_class {
    RATE_UNSET,
#define RATE(rate, name, every_us, burst, text) rate,
#define LIMIT(limit, name, most, seconds, whose, text)
#include "auth/limit.def"
#undef RATE
#undef LIMIT
    RATE_COUNT
};

#define KIB ((size_t)1024)
#define MIB (1024 * KIB)

typedef bool handler_fn(struct call *call, const struct request *request, struct reply *reply);

struct listing; /* see list/listing.h, above this folder */
struct batch; /* a request's records on their way through a lane; see http/batch.h */
struct batch_route;

struct route {
    enum method method;
    const char *path; /* "/api/bag/{qr}": literal segments and {parameters} */
    handler_fn *call; /* exactly one of call, batch and feed is set */
    const struct batch_route *batch;
    const char *feed; /* topic, see http/feed.h */
    const struct listing *list; /* what `call` shows, where that is a list */
    const char *query; /* the query parameters besides, with blanks between; NULL: none */
    enum permission permission;
    enum rate_class rate;
    size_t body_max;
};

#define CALL(handler) handler, NULL, NULL, NULL, NULL
#define BATCH(route) NULL, &(route), NULL, NULL, NULL
#define FEED(topic) NULL, NULL, topic, NULL, NULL

/* A call with query parameters. What a list can be asked for is its own to say, and so it is of
 * exports. */
#define CALL_WITH(handler, query) handler, NULL, NULL, NULL, query
#define QUERY_ANY "*"

extern const struct route routes[];
extern const int routes_count;

/* Called at start; aborts with the reason if the table is incomplete. */
void routes_check(void);

/* "GET" and the like; method_from_name() returns 0 for an unknown name. */
const char *method_name(enum method method);
enum method method_from_name(const char *name);

#define PATH_VALUES_MAX 4

struct path_value {
    const char *start; /* NULL after the last one */
    size_t length;
};

struct route_found {
    const struct route *route;
    struct path_value values[PATH_VALUES_MAX]; /* the value of each {parameter}, not decoded */
    unsigned allowed; /* 1 << method of all routes with this path */
};

/*
 * Find the route for a method and a path as sent. Returns FAULT_NONE, FAULT_NOT_FOUND, or
 * FAULT_BAD_METHOD with found->allowed. A literal segment wins over a parameter. routes_check()
 * must have been called.
 */
enum fault_code route_find(enum method method, const char *path, struct route_found *found);

/* "GET, HEAD, OPTIONS, POST" for a set of methods, in `text`. */
void methods_text(unsigned allowed, char text[64]);

#endif

/*
 * Route: what a URL does, who may use it, how often, and how much they may send.
 *
 * The whole outside of the program is the one table in routes.c. A row that forgets its permission
 * does not start: `permission` has no default, and open doors are spelled ANYONE.
 *
 * How a route runs is one of three things:
 *   CALL   a worker runs the handler straight through, in one transaction, with a blocking session
 *   LANE   the http thread reads the request into a lane item (take), the lane judges it in a
 *          batch, and the http thread words the answer (answer): the hot routes
 *   FEED   server-sent events: the connection stays, and every publish() of the topic reaches it
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

struct ticket; /* one suspended request that waits for lane items; see http/ticket.h */

struct lane_route {
    /*
     * Read the request and push its item(s); each pushed item must end in ticket_done(). False with
     * a fault when the request is bad (nothing was pushed then).
     */
    bool (*take)(struct call *call, const struct request *request, struct ticket *ticket);

    /* All items are finished: word the answer. */
    bool (*answer)(struct call *call, struct ticket *ticket, struct reply *reply);
};

struct route {
    enum method method;
    const char *path; /* "/api/bag/{qr}": literal segments and {parameters} */
    handler_fn *call; /* one of call, lane and feed is set */
    const struct lane_route *lane;
    const char *feed; /* topic, see http/feed.h */
    enum permission permission;
    enum rate_class rate;
    size_t body_max;
};

#define CALL(handler) handler, NULL, NULL
#define LANE(route) NULL, &(route), NULL
#define FEED(topic) NULL, NULL, topic

extern const struct route routes[];
extern const int routes_count;

/* Aborts with the reason when the table is not complete; called at start. */
void routes_check(void);

/* "GET"; method_from_name() gives 0 for a name that isn't one of ours. */
const char *method_name(enum method method);
enum method method_from_name(const char *name);

#define PATH_VALUES_MAX 4

struct path_value {
    const char *start; /* NULL behind the last one */
    size_t length;
};

struct route_found {
    const struct route *route;
    struct path_value values[PATH_VALUES_MAX]; /* what stands for each {parameter}, not decoded */
    unsigned allowed; /* 1 << method of all routes with this path */
};

/*
 * The route for a method and a path as sent. FAULT_NONE, FAULT_NOT_FOUND, or FAULT_BAD_METHOD with
 * found->allowed. A literal segment wins over a parameter. routes_check() has been called.
 */
enum fault_code route_find(enum method method, const char *path, struct route_found *found);

/* "GET, HEAD, OPTIONS, POST" for a set of methods, in `text`. */
void methods_text(unsigned allowed, char text[64]);

#endif

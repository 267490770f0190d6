/*
 * Request parts: the inside of `struct request`, which handlers don't see. For src/http and
 * src/server.
 *
 * Texts live in the call's arena or in the connection's memory; both outlive the call.
 */
#ifndef HTTP_REQUEST_PARTS_H
#define HTTP_REQUEST_PARTS_H

#include "http/guard.h"
#include "http/request.h"
#include "http/route.h"

/* The headers that the server itself reads; request_header() finds all others. */
enum header {
    HEADER_ACCEPT,
    HEADER_ACCEPT_ENCODING,
    HEADER_CONTENT_ENCODING,
    HEADER_CONTENT_TYPE,
    HEADER_COOKIE,
    HEADER_CSRF,
    HEADER_EXPECT,
    HEADER_FORWARDED_FOR,
    HEADER_IF_NONE_MATCH,
    HEADER_REQUEST_ID,
    HEADER_SITE,
    HEADER_UNATTENDED,
    HEADER_COUNT
};

struct query_value {
    const char *name, *value;
};

struct MHD_Connection;

struct request {
    struct MHD_Connection *connection; /* NULL in unit tests */
    const struct route *route;
    enum method method; /* GET for HEAD; 0 if unknown */
    const char *verb; /* as sent */
    bool head, options;
    char *path; /* as sent, not decoded */
    char *query; /* the same; NULL if there is no question mark */
    const char *authority; /* of an address in absolute form: the host and port; else NULL */
    size_t uri_length; /* of both, including the question mark */
    struct guard guard;
    const char *headers[HEADER_COUNT]; /* NULL if missing */
    const char *values[PATH_VALUES_MAX]; /* decoded, in the order of the route's {parameters} */
    struct query_value *queries; /* decoded */
    size_t query_count;
    char *body; /* NUL-terminated as soon as there is something */
    size_t length, room;
    bool spooled; /* the body is in `file`, see http/upload.h */
    int file;
};

/* Keep a header if the server needs it, and show it to the guard. */
void request_take_header(struct request *request, const char *name, size_t name_length,
    const char *value, size_t value_length);

/* Whether this is a line of X-Forwarded-For, of which there may be several. */
bool request_is_forwarded_for(const char *name, size_t length);

/* Split path and query of the request line; the text is copied to the arena. */
void request_take_uri(struct call *call, struct request *request, const char *uri);

/* Decode the query. FAULT_BAD_INPUT if path or query aren't UTF-8, or contain a NUL. */
MUST_USE bool request_decode_uri(struct call *call, struct request *request);

/* Decode the values of the route's parameters. FAULT_BAD_INPUT. */
MUST_USE bool request_decode_values(
    struct call *call, struct request *request, const struct path_value *values);

/* The most bytes that the route takes; for a route without a body the length of "{}". */
size_t request_body_max(const struct request *request);

/*
 * Take more of the body. FAULT_TOO_LARGE beyond that, or if a route without a body gets anything
 * but "{}".
 */
MUST_USE bool request_take_body(
    struct call *call, struct request *request, const char *bytes, size_t length);

/* The same into a temporary file; request_take_body() calls it for routes with large bodies. */
MUST_USE bool upload_take_body(
    struct call *call, struct request *request, const char *bytes, size_t length);

#endif

/*
 * Request parts: what stands behind the `struct request` that handlers see. For src/http only.
 *
 * Texts live in the call's arena or in the connection's memory; both outlive the call.
 */
#ifndef HTTP_REQUEST_PARTS_H
#define HTTP_REQUEST_PARTS_H

#include "http/guard.h"
#include "http/request.h"
#include "http/route.h"

/* The headers the server itself looks at; request_header() finds all others. */
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
    enum method method; /* GET for HEAD; 0 for one we don't know */
    const char *verb; /* as sent */
    bool head, options;
    char *path; /* as sent, percent signs and all */
    char *query; /* the same; NULL when there is no question mark */
    size_t uri_length; /* of both, with the question mark */
    struct guard guard;
    const char *headers[HEADER_COUNT]; /* NULL when missing */
    const char *values[PATH_VALUES_MAX]; /* decoded, in the order of the route's {names} */
    struct query_value *queries; /* decoded */
    size_t query_count;
    char *body; /* NUL-terminated once something came */
    size_t length, room;
    bool spooled; /* the body is in `file`, see http/upload.h */
    int file;
};

/* Keep what the server needs of one header, and show it to the guard. */
void request_take_header(struct request *request, const char *name, size_t name_length,
    const char *value, size_t value_length);

/* Split path and query of the request line; the text is copied to the arena. */
void request_take_uri(struct call *call, struct request *request, const char *uri);

/* Decode the query. FAULT_BAD_INPUT when path or query aren't UTF-8, or hold a NUL. */
MUST_USE bool request_decode_uri(struct call *call, struct request *request);

/* Decode what stands for the route's parameters. FAULT_BAD_INPUT. */
MUST_USE bool request_decode_values(
    struct call *call, struct request *request, const struct path_value *values);

/* The bytes that the route takes: where none are read, as many as "{}" has. */
size_t request_body_max(const struct request *request);

/* More of the body. FAULT_TOO_LARGE beyond that, or where none are read and it is not "{}". */
MUST_USE bool request_take_body(
    struct call *call, struct request *request, const char *bytes, size_t length);

/* The same into a temporary file; request_take_body() calls it where the route takes much. */
MUST_USE bool upload_take_body(
    struct call *call, struct request *request, const char *bytes, size_t length);

#endif

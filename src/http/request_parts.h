/*
 * Request parts: the inside of `struct request`, which handlers don't see, and the functions that
 * fill it in while the request arrives. For src/http and src/server only.
 *
 * Texts live in the call's arena or in the connection's memory; both live as long as the request. A
 * call is one unit of work, here the request, with its memory (call->arena) and, after a failure,
 * its fault. The guard (http/guard.h) checks the headers against request smuggling.
 */
#ifndef HTTP_REQUEST_PARTS_H
#define HTTP_REQUEST_PARTS_H

#include "http/guard.h"
#include "http/request.h"
#include "http/route.h"

/* The request headers that the server itself reads: indexes of request->headers. */
enum header {
    HEADER_ACCEPT,
    HEADER_ACCEPT_ENCODING,
    HEADER_CONTENT_ENCODING,
    HEADER_CONTENT_TYPE,
    HEADER_COOKIE,
    HEADER_CSRF, /* X-CSRFToken */
    HEADER_EXPECT,
    HEADER_FORWARDED_FOR, /* X-Forwarded-For */
    HEADER_IF_NONE_MATCH,
    HEADER_REQUEST_ID, /* X-Request-ID */
    HEADER_SITE, /* Sec-Fetch-Site */
    HEADER_UNATTENDED, /* X-Unattended: sent by a screen itself, so not activity of the user */
    HEADER_COUNT /* how many there are */
};

/* A parameter of the query string, name and value percent-decoded. */
struct query_value {
    const char *name, *value; /* the value is "" if it is missing */
};

struct MHD_Connection;

/* A request as the server has read it; handlers read it by the functions of http/request.h. */
struct request {
    struct MHD_Connection *connection; /* NULL in unit tests */
    const struct route *route; /* NULL until it is found */
    enum method method; /* GET for HEAD; 0 if unknown */
    const char *verb; /* the method as sent */
    bool head, options; /* the method is HEAD, OPTIONS */
    char *path; /* as sent, not decoded */
    char *query; /* as sent, without the question mark; NULL if there is none */
    const char *authority; /* host and port of a URL in absolute form (http://host/path); or NULL */
    bool address_known; /* call->address is the client's own for certain, not a proxy's */
    size_t uri_length; /* bytes of the URL as sent, all its parts together */
    struct guard guard; /* what is wrong with the headers, and the body's length */
    const char *headers[HEADER_COUNT]; /* NULL if missing; the first one if there are several */
    const char *values[PATH_VALUES_MAX]; /* decoded, in the order of the route's {parameters} */
    struct query_value *queries; /* the parameters of the query string */
    size_t query_count;
    /* What has arrived, NUL-terminated, in call->arena; NULL if nothing has, or if it is
     * spooled. */
    char *body;
    size_t length, room; /* bytes of the body that have arrived; bytes allocated for it */
    bool spooled; /* the body is written to `file`, see http/upload.h */
    int file; /* if spooled: its descriptor; closed with the request */
};

/* Take one header of the request: keep its value, which is not copied, if it is in enum header, and
 * let the guard check it. */
void request_take_header(struct request *request, const char *name, size_t name_length,
    const char *value, size_t value_length);

/* Whether a header's name is X-Forwarded-For, ignoring case. `length` is the name's length. */
bool request_is_forwarded_for(const char *name, size_t length);

/* Take the URL of the request line: set path, query, authority and uri_length, not decoded. The
 * text is copied to call->arena. */
void request_take_uri(struct call *call, struct request *request, const char *uri);

/* Check the path, and decode the query string into request->queries. FAULT_BAD_INPUT if one is
 * malformed (such as no UTF-8, a NUL, a blank), or there are more than 64 query parameters. */
MUST_USE bool request_decode_uri(struct call *call, struct request *request);

/* Decode the values of the path's {parameters}, as route_find() has found them (PATH_VALUES_MAX
 * items), into request->values. FAULT_BAD_INPUT if one is malformed. */
MUST_USE bool request_decode_values(
    struct call *call, struct request *request, const struct path_value *values);

/* The most bytes that the body may have: the route's body_max. For a route without a body it is 2,
 * as clients may send "{}", or 0 if its method is GET. */
size_t request_body_max(const struct request *request);

/* Append the next `length` bytes of the body, in memory or in a temporary file. FAULT_TOO_LARGE if
 * it gets longer than request_body_max(), or if a route without a body gets anything but "{}".
 * FAULT_INTERNAL if the file can't be written. */
MUST_USE bool request_take_body(
    struct call *call, struct request *request, const char *bytes, size_t length);

/* Append the next `length` bytes of the body to a temporary file, which the first call creates.
 * Called by request_take_body() if the body may be longer than UPLOAD_MEMORY_MAX. FAULT_INTERNAL if
 * the file can't be created or written. */
MUST_USE bool upload_take_body(
    struct call *call, struct request *request, const char *bytes, size_t length);

#endif

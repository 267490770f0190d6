/*
 * Request: what a handler, the function that answers the requests of a route, can read of a
 * request.
 *
 * The request was checked before the handler is called: path and query are well-formed UTF-8
 * without NUL, the body is within the route's limit, and headers, session, CSRF token and
 * permission are valid. Returned texts live as long as the request. A call is one unit of work,
 * here the request, with its memory (call->arena) and, after a failure, its fault. A shape is the
 * field table of a struct: its members with their JSON names and types (base/shape.h).
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "base/call.h"
#include "base/shape.h"

/* An HTTP request, opaque to handlers; http/request_parts.h defines it. */
struct request;

/* The value of the path parameter {name} of the route, percent-decoded. Never NULL: "" if the
 * route has no such parameter. */
const char *request_path(const struct request *request, const char *name);

/* Read the path parameter {id}, a row's id, into *id. FAULT_NOT_FOUND if it is not a number of 1 or
 * more. */
MUST_USE bool request_path_id(struct call *call, const struct request *request, int64_t *id);

/* The value of the query parameter `name`, percent-decoded; NULL if it is missing. */
const char *request_query(const struct request *request, const char *name);

/* Check that each parameter of the query string is known and that none is there twice. `known`
 * returns whether a name is known; it gets `of` as its first argument. FAULT_BAD_FIELDS names the
 * first wrong parameter: if a misspelt filter were ignored, the answer would show too much. */
MUST_USE bool request_queries_known(struct call *call, const struct request *request,
    bool (*known)(const void *of, const char *name), const void *of);

/* The description of the list that the request's route shows (see list/listing.h), a constant; NULL
 * if the route shows no list. */
const struct listing *request_listing(const struct request *request);

/* Read the query parameter `name`, a number from `min` to `max`, into *value; `default_value` if it
 * is missing or empty. FAULT_BAD_FIELDS if it is no such number. */
MUST_USE bool request_query_i64(struct call *call, const struct request *request, const char *name,
    int64_t min, int64_t max, int64_t default_value, int64_t *value);

/* The value of the request header `name`, whose case is ignored; NULL if it is missing. */
const char *request_header(const struct request *request, const char *name);

/* Whether the request was sent from this very machine. False if that is not certain: if it came
 * through a proxy that is not trusted, or if a trusted one has not said who sent it. */
bool request_is_local(const struct call *call, const struct request *request);

/* Read the body, a JSON object, into the struct `record`, whose field table is `shape`. The record
 * is zeroed first; its texts live as long as the request. FAULT_BAD_TYPE if Content-Type is not
 * application/json, FAULT_BAD_INPUT if the body is no JSON object, FAULT_BAD_FIELDS about each
 * missing, unknown, mistyped or overlong field, and about a text with a NUL. */
MUST_USE bool request_json(
    struct call *call, const struct request *request, const struct shape *shape, void *record);

#endif

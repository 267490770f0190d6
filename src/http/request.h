/*
 * Request: what a handler can read of a request.
 *
 * It was checked before the handler is called: path and query are well-formed UTF-8 without NUL,
 * the body is within the route's limit, and signature, session, CSRF token and permission are
 * valid.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "base/call.h"
#include "base/shape.h"

struct request;

/* The text in the place of {name} in the route's path, percent-decoded; never NULL. */
const char *request_path(const struct request *request, const char *name);

/* The number in the place of {id}. FAULT_NOT_FOUND if it can't be an id. */
MUST_USE bool request_path_id(struct call *call, const struct request *request, int64_t *id);

/* A query parameter, decoded; NULL if missing. */
const char *request_query(const struct request *request, const char *name);

/*
 * That the query has no parameter twice and none that `known` doesn't know; it gets `of` as well.
 * FAULT_BAD_FIELDS names it: a misspelt filter must not show everything.
 */
MUST_USE bool request_queries_known(struct call *call, const struct request *request,
    bool (*known)(const void *of, const char *name), const void *of);

/* The list of the route's row; NULL where it is none. */
const struct listing *request_listing(const struct request *request);

/* A query parameter as a number within [min, max]; `default_value` if missing. FAULT_BAD_FIELDS. */
MUST_USE bool request_query_i64(struct call *call, const struct request *request, const char *name,
    int64_t min, int64_t max, int64_t default_value, int64_t *value);

/* A header's value; NULL if missing. */
const char *request_header(const struct request *request, const char *name);

/*
 * Read the body, a JSON object, into a record. FAULT_BAD_TYPE if its type is not application/json,
 * FAULT_BAD_INPUT if it is not JSON, FAULT_BAD_FIELDS about each missing, unknown, mistyped or
 * overlong field, and about a text with a NUL.
 */
MUST_USE bool request_json(
    struct call *call, const struct request *request, const struct shape *shape, void *record);

#endif

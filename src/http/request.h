/*
 * Request: what a handler may know about what was asked.
 *
 * Everything here was checked at the door: path and query are well-formed UTF-8 without NUL, the
 * body is within the route's limit, signature, session, CSRF token and permission are settled.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "base/call.h"
#include "base/shape.h"

struct request;

/* The text that stands for {name} in the route's path, percent-decoded; never NULL. */
const char *request_path(const struct request *request, const char *name);

/* The number that stands for {id}. FAULT_NOT_FOUND when it can't be anything's. */
MUST_USE bool request_path_id(struct call *call, const struct request *request, int64_t *id);

/* A query parameter, decoded; NULL when missing. */
const char *request_query(const struct request *request, const char *name);

/* A query parameter as a number within [min, max]; `default_value` when missing. FAULT_BAD_FIELDS.
 */
MUST_USE bool request_query_i64(struct call *call, const struct request *request, const char *name,
    int64_t min, int64_t max, int64_t default_value, int64_t *value);

/* A header's value; NULL when missing. */
const char *request_header(const struct request *request, const char *name);

/*
 * The body, a JSON object, into a record. FAULT_BAD_TYPE unless it says application/json,
 * FAULT_BAD_INPUT if it is not JSON, FAULT_BAD_FIELDS for each missing, unknown, mistyped or
 * overlong field (NUL in a text is refused there as well).
 */
MUST_USE bool request_json(
    struct call *call, const struct request *request, const struct shape *shape, void *record);

#endif

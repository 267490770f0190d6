/*
 * Reply: the answer of a handler, the function that answers the requests of a route.
 *
 * A handler fills it in; server/send.c sends it after the call's transaction has committed. A call
 * is one unit of work, such as a request: it has the memory (call->arena, where the texts of a
 * reply live) and, after a failure, the fault, the reason. A handler that fails needs no reply: the
 * server answers with a problem, the JSON object of RFC 9457 that describes an error. A shape is
 * the field table of a struct: its members with their JSON names and types (base/shape.h). Each
 * reply_*() that returns bool returns true, so that it can end a handler's && chain.
 */
#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

#include "base/call.h"
#include "base/json.h"

/* A response header that a handler adds to its reply; a linked list. */
struct reply_header {
    struct reply_header *next;
    const char *name, *value;
};

/* The answer to a request: status, headers, and a body from memory or from a file. */
struct reply {
    int status; /* the HTTP status; 0: not answered yet */
    const char *type; /* Content-Type; NULL if the body is empty */
    const char *body; /* in the call's arena, or a constant */
    size_t length; /* of the body or file, in bytes */
    struct reply_header *headers; /* the last one added first */
    bool is_file; /* the body is in `file` */
    int file; /* a file descriptor, see reply_file() */
};

/* Answer with 204 and no body. Headers that were added before stay. Returns true. */
bool reply_empty(struct reply *reply);

/* Answer with a JSON text built with json_*(), which must live in the call's arena. `status` is the
 * HTTP status. Returns true. */
bool reply_json(struct reply *reply, int status, const struct json *json);

/* Answer with 200 and a text of another kind, in the call's arena or a constant. `type` is its
 * Content-Type, `length` its bytes. Returns true. */
bool reply_text(struct reply *reply, const char *type, const char *text, size_t length);

/* Answer with one struct as a JSON object. `shape` is the field table of the struct `record`,
 * `status` the HTTP status. Returns true. */
bool reply_record(struct call *call, struct reply *reply, int status, const struct shape *shape,
    const void *record);

/* Answer with 200 and one page of a list, {"items": [...], "next": ..., "total": null}. `rows` are
 * structs with the field table `shape`; `next` is the position where the next page begins, NULL on
 * the last page. Returns true. */
bool reply_list(struct call *call, struct reply *reply, const struct shape *shape,
    const struct list *rows, const char *next);

/* Answer with the first `length` bytes of the open file descriptor `file`, an unlinked temporary
 * file, for bodies that are too big for memory. `type` is the Content-Type. The server
 * closes `file` in any case, so a file of scratch_open() must be passed as a dup(). Returns true.
 */
bool reply_file(struct reply *reply, int status, const char *type, int file, int64_t length);

/* Add a response header. The value is copied to the call's arena; the name is not copied and must
 * be a constant. Returns true. */
bool reply_header(struct call *call, struct reply *reply, const char *name, const char *value);

/* Write the member "errors": [{field, reason, params, message}] of a problem to an open JSON
 * object. `error` is the first of a linked list of invalid fields; NULL: an empty array. */
void field_errors_to_json(struct json *json, const struct field_error *error);

/* Answer with the problem (RFC 9457) for call->fault, and the fault's HTTP status. Adds Retry-After
 * if the fault has a time to wait, or with 429 and 503, and WWW-Authenticate with 401. */
void reply_problem(struct call *call, struct reply *reply);

/* The content of a problem, the JSON object (RFC 9457) that describes an error. */
struct problem {
    const char *slug, *title; /* the end of its "type", such as "not_found"; a short sentence */
    int status; /* the HTTP status */
    struct words words; /* the reason's key and parameters; an English sentence ("detail"), which
                           is NULL if there is no more to say than the title */
};

/* Begin a problem object with "type", "title", "status", "reason", "params", "detail",
 * "request_id" and, if call->fault has invalid fields, "errors". It is left open, so that the
 * caller can add members; close it by json_close(&json, '}') and send it by reply_problem_json().
 * The text lives in call->arena. */
struct json problem_open(struct call *call, const struct problem *problem);

/* Answer with a problem object that problem_open() began and the caller has closed; its type is
 * application/problem+json. `status` is the HTTP status. Returns true. */
bool reply_problem_json(struct reply *reply, int status, const struct json *json);

#endif

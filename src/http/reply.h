/*
 * Reply: what a handler answers.
 *
 * A handler fills it in; server/send.c sends it after the call's transaction has committed. Text is
 * in the call's arena. A failed call needs no reply: the dispatcher writes the problem (RFC 9457).
 * Each reply_*() returns true, so that it can end a handler's && chain.
 */
#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

#include "base/call.h"
#include "base/json.h"

struct reply_header {
    struct reply_header *next;
    const char *name, *value;
};

struct reply {
    int status; /* 0: not answered yet */
    const char *type; /* Content-Type; NULL if the body is empty */
    const char *body;
    size_t length;
    struct reply_header *headers;
    bool is_file;
    int file; /* instead of `body`, see reply_file() */
};

/* 204, without a body. */
bool reply_empty(struct reply *reply);

/* A JSON text built with json_*(). */
bool reply_json(struct reply *reply, int status, const struct json *json);

/* One record as a JSON object. */
bool reply_record(struct call *call, struct reply *reply, int status, const struct shape *shape,
    const void *record);

/* {items: [...], next, total: null}; `next` is NULL on the last page. */
bool reply_list(struct call *call, struct reply *reply, const struct shape *shape,
    const struct list *rows, const char *next);

/*
 * The first `length` bytes of an open file (an unlinked temporary one, for exports that are too big
 * for memory). The server closes the file in any case.
 */
bool reply_file(struct reply *reply, int status, const char *type, int file, int64_t length);

/* Add a header; the value is copied, the name is a constant. */
bool reply_header(struct call *call, struct reply *reply, const char *name, const char *value);

/* "errors": [{field, reason, params, message}], as problems have it. */
void field_errors_to_json(struct json *json, const struct field_error *error);

/* The problem for call->fault. */
void reply_problem(struct call *call, struct reply *reply);

/* What a problem says. Its words have a reason at least, and English if there is more to say than
 * the title. */
struct problem {
    const char *slug, *title;
    int status;
    struct words words;
};

/*
 * Begin a problem object ("type", "title", "status", "reason", "params", "detail", "request_id",
 * "errors") and leave it open, so that a refused scan can add its verdict. Close it with '}' and
 * send it with reply_problem_json().
 */
struct json problem_open(struct call *call, const struct problem *problem);
bool reply_problem_json(struct reply *reply, int status, const struct json *json);

#endif

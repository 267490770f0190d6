/*
 * Reply: what a handler answers.
 *
 * Handlers fill it; http/server.c sends it after the call's transaction has committed. Text is in
 * the call's arena. A failed call needs no reply: the dispatcher writes the problem (RFC 9457).
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
    int status; /* 0: nothing answered yet */
    const char *type; /* Content-Type; NULL with an empty body */
    const char *body;
    size_t length;
    struct reply_header *headers;
    bool is_file;
    int file; /* instead of `body`, see reply_file() */
};

/* 204. Returns true, so that it can end a handler's && chain; so do all of these. */
bool reply_empty(struct reply *reply);

/* A JSON text that json_*() has built. */
bool reply_json(struct reply *reply, int status, const struct json *json);

/* One record as a JSON object. */
bool reply_record(struct call *call, struct reply *reply, int status, const struct shape *shape,
    const void *record);

/* {items: [...], next, total: null}; `next` is NULL on the last page. */
bool reply_list(struct call *call, struct reply *reply, const struct shape *shape,
    const struct list *rows, const char *next);

/*
 * The first `length` bytes of an open file (an unlinked temporary one, for exports too big for
 * memory). The server closes it once it is sent, or can't be.
 */
bool reply_file(struct reply *reply, int status, const char *type, int file, int64_t length);

/* One more header; the value is copied, the name is a constant. */
bool reply_header(struct call *call, struct reply *reply, const char *name, const char *value);

/* The problem for call->fault. */
void reply_problem(struct call *call, struct reply *reply);

/*
 * The head of a problem object in *json, left open ("type", "title", "status", "detail",
 * "request_id", "errors"), so that a refused scan can add its verdict; close with '}' and send with
 * reply_problem_json().
 */
struct json problem_begin(struct call *call, const char *slug, const char *title, int status);
bool reply_problem_json(struct reply *reply, int status, const struct json *json);

#endif

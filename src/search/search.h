/*
 * Search: finds bags, bills, return tickets and users by a code or name, or a part of it.
 *
 * A parent is a large bag that holds child bags; a bill is a dispatch document that parents are put
 * on; a return ticket lists parents that came back. `call` is the unit of work, such as a request:
 * it has the signed-in user and the memory, call->arena, where all results live.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "base/call.h"
#include "base/shape.h"

/* One thing that was found. */
struct search_hit {
    const char *type; /* "parent", "child", "bill", "return" or "user" */
    const char *code; /* its code; of a user: the user name */
    const char *detail; /* how full it is, where it is, or which role; NULL: nothing to say */
    int64_t id; /* of a user: the user's id; else NO_I64 */
};

/* The field table of struct search_hit, by which rows are read and JSON is written. */
extern const struct shape search_hit_shape;

/* What a search has found; both lists have struct search_hit. */
struct search_result {
    struct list hits; /* exact matches, then codes that begin with the text, then that contain it */
    struct list near; /* if there are no hits: at most 5 whose code differs by one mistake */
};

/* Find what has `text`, as scanned or typed, in its code: at most `limit` hits. Only what the
 * signed-in user may see is found: bags of the user's area (a part of the organisation) or of none,
 * bills and tickets with the right MAY_BILL, users with MAY_ADMIN. */
MUST_USE bool search_find(
    struct call *call, const char *text, size_t limit, struct search_result *result);

#endif

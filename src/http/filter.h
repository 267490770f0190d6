/*
 * Filter: reads and checks the query parameters that lists have in common.
 *
 * Each function leaves NULL (or the default) if the parameter is missing or empty, and sets
 * FAULT_BAD_FIELDS if it is invalid.
 */
#ifndef HTTP_FILTER_H
#define HTTP_FILTER_H

#include "http/request.h"

struct page {
    int64_t limit; /* 1 to 200, default 50 */
    const char *cursor; /* `next` of the previous page; NULL for the first page */
};

/* The parameters `limit` and `cursor`. */
MUST_USE bool filter_page(struct call *call, const struct request *request, struct page *page);

/* Free text of at most 100 bytes. */
MUST_USE bool filter_text(
    struct call *call, const struct request *request, const char *name, const char **text);

#endif

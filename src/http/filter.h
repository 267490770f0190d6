/*
 * Filter: reads and checks the query parameters that most lists have: page size, position, text.
 *
 * A call is one unit of work, such as a request, with its memory (call->arena) and, after a
 * failure, its fault. Each function returns false with FAULT_BAD_FIELDS, which names the
 * parameter, if a parameter is invalid.
 */
#ifndef HTTP_FILTER_H
#define HTTP_FILTER_H

#include "http/request.h"

/* The page of a list that a request asks for. */
struct page {
    int64_t limit; /* most rows: 1 to 200, default 50 */
    const char *cursor; /* the position where the page begins: `next` of the previous page, as sent;
                           NULL for the first page */
};

/* Read the query parameters `limit` (1 to 200, default 50) and `cursor` (at most 100 bytes) into
 * *page. The cursor's text lives as long as the request. FAULT_BAD_FIELDS if one is invalid. */
MUST_USE bool filter_page(struct call *call, const struct request *request, struct page *page);

/* Read the query parameter `name` into *text: NULL if it is missing or empty. The text lives as
 * long as the request. FAULT_BAD_FIELDS if it is longer than 100 bytes. */
MUST_USE bool filter_text(
    struct call *call, const struct request *request, const char *name, const char **text);

#endif

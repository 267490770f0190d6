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

/* "2026-11-21", a day in the organisation's time zone. */
MUST_USE bool filter_day(
    struct call *call, const struct request *request, const char *name, const char **day);

/* One of the words of the set. */
MUST_USE bool filter_word(struct call *call, const struct request *request, const char *name,
    const struct word_set *words, const char **word);

/* "true" or "false". */
MUST_USE bool filter_flag(
    struct call *call, const struct request *request, const char *name, const char **flag);

/* Free text of at most 100 bytes. */
MUST_USE bool filter_text(
    struct call *call, const struct request *request, const char *name, const char **text);

/*
 * `rows` was queried with one row more than the page's limit. Remove that row, and return the
 * cursor of the next page, which is the text member of the last row at `cursor_offset`; NULL if
 * this is the last page.
 */
const char *page_next_cursor(
    const struct page *page, struct list *rows, size_t row_size, size_t cursor_offset);

#endif

/*
 * Lists, asked as the route asks them.
 */
#ifndef DB_LISTS_H
#define DB_LISTS_H

#include "list/listing_page.h"

/*
 * One page of at most `count` rows. `query` is "status=new&user=otto", "" for everything; `cursor`
 * is NULL for the first page.
 */
bool list_ask(struct call *call, const struct listing *listing, const char *query,
    const char *cursor, int64_t count, struct listing_page *page);

/* How many rows there are on all pages together. */
size_t list_count(struct call *call, const struct listing *listing, const char *query,
    int64_t count, size_t *pages);

#endif

#include "db/lists.h"

#include <stdio.h>
#include <string.h>

#include "list/listing_page.h"
#include "test.h"

#define WALK 2000

static const char *value(const void *query, const struct listing_filter *filter)
{
    static char values[20][120];
    static size_t used;
    const size_t length = strlen(filter->name);

    for (const char *at = query; *at; at += strcspn(at, "&"), at += *at == '&')
        if (strncmp(at, filter->name, length) == 0 && at[length] == '=') {
            char *room = values[used++ % COUNT_OF(values)];

            snprintf(room, sizeof values[0], "%.*s", (int)strcspn(at + length + 1, "&"),
                at + length + 1);
            return room;
        }
    return NULL;
}

bool list_ask(struct call *call, const struct listing *listing, const char *query,
    const char *cursor, int64_t count, struct listing_page *page)
{
    const struct listing_source source = { value, query };
    void *filter;

    listing_check(listing);
    return listing_read_filter(call, listing, &source, &filter)
        && (!cursor || listing_continue(call, listing, cursor, filter))
        && listing_find(call, listing, filter, count, WALK, page);
}

size_t list_count(struct call *call, const struct listing *listing, const char *query,
    int64_t count, size_t *pages)
{
    struct listing_page page = { .next = NULL };
    size_t seen = 0;

    *pages = 0;
    do {
        assert_true(list_ask(call, listing, query, page.next, count, &page));
        seen += page.rows.count;
        ++*pages;
    } while (page.next);
    return seen;
}

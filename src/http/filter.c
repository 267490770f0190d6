#include "http/filter.h"

#include <string.h>

#define LIMIT_STANDARD 50
#define LIMIT_MAX 200
#define FILTER_TEXT_MAX ((size_t)100)

bool filter_text(
    struct call *call, const struct request *request, const char *name, const char **text)
{
    const char *value = request_query(request, name);

    *text = value && *value ? value : NULL;
    if (*text && strlen(*text) > FILTER_TEXT_MAX)
        return fail_field(call, name, TOO_LONG, .most = FILTER_TEXT_MAX);
    return true;
}

bool filter_page(struct call *call, const struct request *request, struct page *page)
{
    return request_query_i64(call, request, "limit", 1, LIMIT_MAX, LIMIT_STANDARD, &page->limit)
        && filter_text(call, request, "cursor", &page->cursor);
}

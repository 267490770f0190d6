/* A request's path and query, up to the route that they lead to and the filters of a list. */
#include <assert.h>
#include <string.h>

#include "fuzz.h"
#include "http/filter.h"
#include "http/request_parts.h"

/* The slow and obvious way to say whether a path is of a route. */
static bool fits(const char *want, const char *have)
{
    while (*want && *have) {
        if (*want == '{') {
            want += strcspn(want, "/");
            if (*have == '/')
                return false;
            have += strcspn(have, "/");
        } else if (*want++ != *have++) {
            return false;
        }
    }
    return !*want && !*have;
}

static unsigned methods_of(const char *path)
{
    unsigned allowed = 0;

    for (int i = 0; i < routes_count; i++)
        if (fits(routes[i].path, path))
            allowed |= 1U << routes[i].method;
    return allowed;
}

static void check_values(
    struct call *call, struct request *request, const struct route_found *found)
{
    request->route = found->route;

    /* The path as a whole was decoded before. */
    assert(request_decode_values(call, request, found->values));
    for (int i = 0; i < PATH_VALUES_MAX && found->values[i].start; i++)
        assert(*request->values[i] && fuzz_is_utf8(request->values[i]));
}

static void check_route(struct call *call, struct request *request, enum method method)
{
    const unsigned allowed = methods_of(request->path);
    struct route_found found;

    switch (route_find(method, request->path, &found)) {
    case FAULT_NONE:
        assert(found.route->method == method && fits(found.route->path, request->path));
        check_values(call, request, &found);
        return;
    case FAULT_BAD_METHOD:
        assert(allowed && found.allowed == allowed && !(allowed & 1U << method));
        return;
    default:
        assert(!allowed && !found.route);
    }
}

static void check_filters(struct call *call, const struct request *request)
{
    const char *text;
    struct page page;

    if (filter_page(call, request, &page))
        assert(page.limit >= 1 && page.limit <= 200);
    if (filter_text(call, request, "q", &text) && text)
        assert(*text && strlen(text) <= 100);
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    static bool checked;
    struct request request = { 0 };

    if (!checked)
        routes_check();
    checked = true;

    request_take_uri(call, &request, arena_bytes(&call->arena, bytes, length));
    if (!request_decode_uri(call, &request)) {
        fuzz_check_fault(call);
        return;
    }

    for (size_t i = 0; i < request.query_count; i++) {
        assert(fuzz_is_utf8(request.queries[i].name) && fuzz_is_utf8(request.queries[i].value));
        assert(request_query(&request, request.queries[i].name));
    }
    for (enum method method = GET; method <= DELETE_; method++)
        check_route(call, &request, method);
    check_filters(call, &request);
}

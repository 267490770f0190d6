#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "http/route.h"

#define SEGMENTS_MAX 8
#define PATTERNS_MAX 512

struct segment {
    const char *text;
    size_t length;
    bool parameter;
};

/* A route's path, cut up once; patterns with as many segments hang on one chain. */
struct pattern {
    const struct route *route;
    struct segment segments[SEGMENTS_MAX];
    int count;
    unsigned rank; /* literal segments as bits, the leftmost the highest: higher goes first */
    struct pattern *next;
};

static struct pattern patterns[PATTERNS_MAX];
static struct pattern *chains[SEGMENTS_MAX + 1];

static const char *const router_names[] = {
    [GET] = "GET",
    [POST] = "POST",
    [PUT] = "PUT",
    [PATCH] = "PATCH",
    [DELETE_] = "DELETE",
};

const char *method_name(enum method method)
{
    return method >= GET && method <= DELETE_ ? router_names[method] : "";
}

enum method method_from_name(const char *name)
{
    for (enum method method = GET; method <= DELETE_; method++)
        if (strcmp(router_names[method], name) == 0)
            return method;
    return 0;
}

void methods_text(unsigned allowed, char text[64])
{
    size_t length = 0;

    text[0] = '\0';
    for (enum method method = GET; method <= DELETE_; method++)
        if (allowed & 1U << method)
            length += (size_t)snprintf(text + length, 64 - length, "%s%s, ", router_names[method],
                method == GET ? ", HEAD" : "");
    snprintf(text + length, 64 - length, "OPTIONS");
}

/* "/api/bag" -> "api", "bag"; -1 when there are more than any route has. */
static int router_cut(const char *path, struct segment segments[SEGMENTS_MAX])
{
    int count = 0;

    while (*path == '/') {
        const size_t length = strcspn(++path, "/");

        if (count == SEGMENTS_MAX)
            return -1;
        segments[count++] = (struct segment){ path, length, length && path[0] == '{' };
        path += length;
    }
    return *path ? -1 : count;
}

_Noreturn static void reject(const struct route *route, const char *why)
{
    fprintf(stderr, "route %s %s: %s\n", method_name(route->method), route->path, why);
    abort();
}

static void check_row(const struct route *route)
{
    const int handlers = !!route->call + !!route->batch + !!route->feed;

    if (!*method_name(route->method))
        reject(route, "has no method");
    if (handlers != 1)
        reject(route, "must be exactly one of CALL, BATCH and FEED");
    if (route->permission <= MAY_UNSET || route->permission >= MAY_COUNT)
        reject(route, "says nothing about who may use it");
    if (route->rate <= RATE_UNSET || route->rate >= RATE_COUNT)
        reject(route, "has no rate limit");
    if (route->feed && route->method != GET)
        reject(route, "is a feed, and those are read with GET");
}

static bool router_is_same(const struct pattern *a, const struct pattern *b)
{
    if (a->rank != b->rank || a->route->method != b->route->method)
        return false;

    for (int i = 0; i < a->count; i++)
        if (!a->segments[i].parameter
            && (a->segments[i].length != b->segments[i].length
                || memcmp(a->segments[i].text, b->segments[i].text, a->segments[i].length) != 0))
            return false;
    return true;
}

/* The chain is kept in order of rank, so the first match is the best one. */
static void router_hang_up(struct pattern *pattern)
{
    struct pattern **place = &chains[pattern->count];

    for (struct pattern *other = *place; other; other = other->next)
        if (router_is_same(pattern, other))
            reject(pattern->route, "is there twice");

    while (*place && (*place)->rank >= pattern->rank)
        place = &(*place)->next;
    pattern->next = *place;
    *place = pattern;
}

static void router_add(struct pattern *pattern, const struct route *route)
{
    int parameters = 0;

    *pattern = (struct pattern){ .route = route };
    pattern->count = router_cut(route->path, pattern->segments);
    if (pattern->count < 0)
        reject(route, "is no path, or has too many segments");

    for (int i = 0; i < pattern->count; i++) {
        parameters += pattern->segments[i].parameter;
        if (!pattern->segments[i].parameter)
            pattern->rank |= 1U << (SEGMENTS_MAX - i);
    }
    if (parameters > PATH_VALUES_MAX)
        reject(route, "has too many parameters");
    router_hang_up(pattern);
}

void routes_check(void)
{
    assert(routes_count <= PATTERNS_MAX);
    memset(chains, 0, sizeof chains);

    for (int i = 0; i < routes_count; i++) {
        check_row(&routes[i]);
        router_add(&patterns[i], &routes[i]);
    }
}

static bool is_match(const struct pattern *pattern, const struct segment *segments)
{
    for (int i = 0; i < pattern->count; i++) {
        const struct segment *want = &pattern->segments[i], *have = &segments[i];

        if (want->parameter
                ? have->length == 0
                : want->length != have->length || memcmp(want->text, have->text, want->length) != 0)
            return false;
    }
    return true;
}

static void keep_values(
    struct route_found *found, const struct pattern *pattern, const struct segment *segments)
{
    int count = 0;

    for (int i = 0; i < pattern->count; i++)
        if (pattern->segments[i].parameter)
            found->values[count++] = (struct path_value){ segments[i].text, segments[i].length };
}

enum fault_code route_find(enum method method, const char *path, struct route_found *found)
{
    struct segment segments[SEGMENTS_MAX];
    const int count = router_cut(path, segments);

    *found = (struct route_found){ 0 };
    if (count <= 0)
        return FAULT_NOT_FOUND;

    for (const struct pattern *pattern = chains[count]; pattern; pattern = pattern->next) {
        if (!is_match(pattern, segments))
            continue;
        found->allowed |= 1U << pattern->route->method;
        if (pattern->route->method == method) {
            found->route = pattern->route;
            keep_values(found, pattern, segments);
            return FAULT_NONE;
        }
    }
    return found->allowed ? FAULT_BAD_METHOD : FAULT_NOT_FOUND;
}

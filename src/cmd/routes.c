#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cmd/cmd.h"
#include "http/route.h"
#include "list/list_http.h"

static const char *kind(const struct route *route)
{
    if (route->batch)
        return "batch";
    return route->feed ? "feed" : "call";
}

static const char *const rates[RATE_COUNT] = {
#define RATE(rate, name, every_us, burst, text) [rate] = name,
#define LIMIT(limit, name, most, seconds, whose, text)
#include "auth/limit.def"
#undef RATE
#undef LIMIT
};

static const char limits_head[] =
    "# Rate limits\n\n"
    "<!-- Written by `make docs` from src/auth/limit.def. -->\n\n"
    "A client that sends too many requests gets 429, and in `Retry-After` the seconds to wait. A\n"
    "refused request had no effect and can be sent again.\n\n"
    "## Requests\n\n"
    "Each server counts for itself, per account, or per address if nobody is signed in, so phones\n"
    "that share an address don't hinder each other. `tracetrack routes --json` has each route's\n"
    "class.\n\n"
    "| class | what for | at once | in the long run |\n|---|---|---|---|\n";

static const char limits_middle[] =
    "\n## Tries\n\n"
    "Everything that guards an account has a limit, counted in PostgreSQL, exactly and for all\n"
    "servers together. Five wrong passwords also lock the name for 15 minutes.\n\n"
    "| limit | what for | tries | in seconds | counted per |\n|---|---|---|---|---|\n";

static void print_rate(const char *name, int every_us, int burst, const char *text)
{
    if (every_us)
        printf("| `%s` | %s | %d | %d a minute |\n", name, text, burst, 60000000 / every_us);
}

/* For docs/. */
static void routes_command_print_limits(void)
{
    printf("%s", limits_head);
#define RATE(rate, name, every_us, burst, text) print_rate(name, every_us, burst, text);
#define LIMIT(limit, name, most, seconds, whose, text)
#include "auth/limit.def"
#undef RATE
#undef LIMIT
    printf("%s", limits_middle);
#define RATE(rate, name, every_us, burst, text)
#define LIMIT(limit, name, most, seconds, whose, text)                                             \
    printf("| `%s` | %s | %d | %d | %s |\n", name, text, most, seconds, whose);
#include "auth/limit.def"
#undef RATE
#undef LIMIT
}

static void print_text(void)
{
    for (int i = 0; i < routes_count; i++)
        printf("%-7s %-40s %-5s %-12s %zu\n", method_name(routes[i].method), routes[i].path,
            kind(&routes[i]), permission_name(routes[i].permission), routes[i].body_max);
}

/* Of a list: what it can be asked for, but for limit and cursor. */
static void routes_put_filters(
    struct arena *arena, struct json *json, const struct listing *listing)
{
    json_put_text(json, "list", listing->name);
    json_key(json, "filters");
    json_open(json, '[');
    for (size_t i = 0; i < listing->filters_count; i++) {
        const struct listing_filter *filter = &listing->filters[i];

        if (filter->in_path)
            continue;
        json_open(json, '{');
        json_put_text(json, "name", filter->name);
        json_put_text(json, "kind", listing_kind_name(filter->kind));
        json_put_text(json, "words", filter->words ? word_set_choices(arena, filter->words) : NULL);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_put_bool(json, "fields", listing->picks);
}

#define ROUTES_NAMES_MAX ((size_t)64)

struct routes_names {
    const char *items[ROUTES_NAMES_MAX];
    size_t count;
};

static void routes_add_name(struct routes_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return;
    assert(names->count < ROUTES_NAMES_MAX);
    names->items[names->count++] = name;
}

/* Each takes the filters of its own list; which list that is, is said in the path. */
static void routes_add_exports(struct routes_names *names)
{
    for (int i = 0; i < routes_count; i++) {
        const struct listing *listing = routes[i].list;

        for (size_t j = 0; listing && listing->title && j < listing->filters_count; j++)
            routes_add_name(names, listing->filters[j].name);
    }
}

static void routes_add_list(struct routes_names *names, const struct listing *listing)
{
    const char *params[LIST_PARAMS_MAX];
    const size_t count = list_params(listing, params);

    for (size_t i = 0; i < count; i++)
        routes_add_name(names, params[i]);
}

/* All query parameters that a route takes. */
static struct routes_names routes_query_of(struct arena *arena, const struct route *route)
{
    struct routes_names names = { .count = 0 };
    const char *at = route->query;

    if (route->list)
        routes_add_list(&names, route->list);
    if (at && strcmp(at, QUERY_ANY) == 0)
        routes_add_exports(&names);
    else
        for (; at && *at; at += strcspn(at, " "), at += *at == ' ')
            routes_add_name(&names, arena_bytes(arena, at, strcspn(at, " ")));
    return names;
}

static void routes_put_query(struct arena *arena, struct json *json, const struct route *route)
{
    const struct routes_names names = routes_query_of(arena, route);

    json_key(json, "query");
    json_open(json, '[');
    for (size_t i = 0; i < names.count; i++)
        json_text(json, names.items[i]);
    json_close(json, ']');
}

static void print_json(struct call *call)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '[');
    for (int i = 0; i < routes_count; i++) {
        json_open(&json, '{');
        json_put_text(&json, "method", method_name(routes[i].method));
        json_put_text(&json, "path", routes[i].path);
        json_put_text(&json, "runs", kind(&routes[i]));
        json_put_text(&json, "may", permission_name(routes[i].permission));
        json_put_text(&json, "rate", rates[routes[i].rate]);
        json_put_i64(&json, "body_max", (int64_t)routes[i].body_max);
        routes_put_query(&call->arena, &json, &routes[i]);
        if (routes[i].list)
            routes_put_filters(&call->arena, &json, routes[i].list);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    printf("%s\n", json.text);
}

enum routes_flag { ROUTES_JSON, ROUTES_LIMITS, ROUTES_FLAGS };

const struct flag routes_flags[] = {
    [ROUTES_JSON] = { "--json", NULL, "with all that the table says" },
    [ROUTES_LIMITS] = { "--limits", NULL, "print docs/LIMITS.md instead" },
    [ROUTES_FLAGS] = { NULL, NULL, NULL },
};

bool routes_command(struct call *call, int argc, char **argv)
{
    struct arguments arguments = { argc, argv };
    const char *values[ROUTES_FLAGS];

    if (!flags_take(call, routes_flags, &arguments, values) || !flags_check_end(call, &arguments))
        return false;

    if (values[ROUTES_JSON])
        print_json(call);
    else if (values[ROUTES_LIMITS])
        routes_command_print_limits();
    else
        print_text();
    return true;
}

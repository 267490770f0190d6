#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cmd/cmd.h"
#include "http/route.h"

static const char *kind(const struct route *route)
{
    if (route->lane)
        return "lane";
    return route->feed ? "feed" : "call";
}

static void print_text(void)
{
    for (int i = 0; i < routes_count; i++)
        printf("%-7s %-40s %-5s %-12s %zu\n", method_name(routes[i].method), routes[i].path,
            kind(&routes[i]), may_name(routes[i].may), routes[i].body_max);
}

static void print_json(struct call *call)
{
    struct json json = json_in(&call->arena);

    json_open(&json, '[');
    for (int i = 0; i < routes_count; i++) {
        json_open(&json, '{');
        json_put_text(&json, "method", method_name(routes[i].method));
        json_put_text(&json, "path", routes[i].path);
        json_put_text(&json, "runs", kind(&routes[i]));
        json_put_text(&json, "may", may_name(routes[i].may));
        json_put_i64(&json, "body_max", (int64_t)routes[i].body_max);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    printf("%s\n", json.text);
}

bool routes_command(struct call *call, int argc, char **argv)
{
    if (argc == 1 && strcmp(argv[0], "--json") == 0)
        print_json(call);
    else if (argc == 0)
        print_text();
    else
        return fail(call, FAULT_CONFIG, "routes knows --json and nothing else");

    return true;
}

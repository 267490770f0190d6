/*
 * storm MODE --port N [options]: see usage below. Only ever talks to 127.0.0.1.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "storm.h"

static const char usage[] =
    "usage: storm MODE --port N [--port N ...] [options]\n"
    "  scans     new children, each connection into parents of its own (--first)\n"
    "  look-ups  random bags (--codes prefix:width:first:last, several)\n"
    "  stats     the figures\n"
    "  list      pages of a list (--path)\n"
    "  sign-ins  wrong passwords for names that nobody has (--rate, --first)\n"
    "  fight     all connections for one place, or for one child (--rounds, --first)\n"
    "  sign-in   print the cookie and the token, for --cookie and --csrf\n"
    "  --connections N   --seconds S   --count N   --rate N (a second)   --ledger FILE\n"
    "  --user NAME --password TEXT, or --cookie TEXT --csrf TEXT   --may-break\n";

enum {
    PORT = 1,
    CONNECTIONS,
    SECONDS,
    COUNT,
    RATE,
    FIRST,
    ROUNDS,
    CODES,
    LEDGER,
    LIST_PATH,
    USER,
    PASSWORD,
    COOKIE,
    CSRF,
    MAY_BREAK
};

static const struct option flags[] = {
    { "port", required_argument, NULL, PORT },
    { "connections", required_argument, NULL, CONNECTIONS },
    { "seconds", required_argument, NULL, SECONDS },
    { "count", required_argument, NULL, COUNT },
    { "rate", required_argument, NULL, RATE },
    { "first", required_argument, NULL, FIRST },
    { "rounds", required_argument, NULL, ROUNDS },
    { "codes", required_argument, NULL, CODES },
    { "ledger", required_argument, NULL, LEDGER },
    { "path", required_argument, NULL, LIST_PATH },
    { "user", required_argument, NULL, USER },
    { "password", required_argument, NULL, PASSWORD },
    { "cookie", required_argument, NULL, COOKIE },
    { "csrf", required_argument, NULL, CSRF },
    { "may-break", no_argument, NULL, MAY_BREAK },
    { NULL, 0, NULL, 0 },
};

/* "SB:5:0:29999"; the prefix may be empty. */
static void add_range(struct storm_options *options, const char *text)
{
    struct range *range = &options->ranges[options->ranges_count];
    const char *colon = strchr(text, ':');
    long long first, last;

    if (options->ranges_count == RANGES_MAX || !colon
        || (size_t)(colon - text) >= sizeof range->prefix
        || sscanf(colon, ":%d:%lld:%lld", &range->width, &first, &last) != 3 || last < first)
        stop("--codes %s: expected prefix:width:first:last", text);

    memcpy(range->prefix, text, (size_t)(colon - text));
    range->first = first;
    range->last = last;
    options->ranges_count++;
}

static void add_port(struct storm_options *options, const char *text)
{
    if (options->ports_count == SERVERS_MAX)
        stop("more than %d servers", SERVERS_MAX);
    options->ports[options->ports_count++] = atoi(text);
}

/* Numbers, then texts. False for what is neither. */
static bool set_number(struct storm_options *options, int flag, const char *text)
{
    switch (flag) {
    case CONNECTIONS:
        options->connections = atoi(text);
        return true;
    case SECONDS:
        options->seconds = atof(text);
        return true;
    case COUNT:
        options->count = atoll(text);
        return true;
    case RATE:
        options->rate = atof(text);
        return true;
    case FIRST:
        options->first = atoll(text);
        return true;
    case ROUNDS:
        options->rounds = atoi(text);
        return true;
    default:
        return false;
    }
}

static void set_text(struct storm_options *options, int flag, const char *text)
{
    switch (flag) {
    case PORT:
        add_port(options, text);
        return;
    case CODES:
        add_range(options, text);
        return;
    case LEDGER:
        options->ledger = text;
        return;
    case LIST_PATH:
        options->path = text;
        return;
    case USER:
        options->user = text;
        return;
    case PASSWORD:
        options->password = text;
        return;
    case COOKIE:
        options->cookie = text;
        return;
    case CSRF:
        options->csrf = text;
        return;
    case MAY_BREAK:
        options->may_break = true;
        return;
    default:
        stop("unknown option\n%s", usage);
    }
}

static void read_options(struct storm_options *options, int argc, char **argv)
{
    int flag;

    while ((flag = getopt_long(argc, argv, "", flags, NULL)) != -1)
        if (!set_number(options, flag, optarg))
            set_text(options, flag, optarg);

    if (optind != argc - 1 || options->ports_count == 0 || options->connections < 1)
        stop("a mode and a port are needed\n%s", usage);
    options->mode = argv[optind];
}

int main(int argc, char **argv)
{
    static const struct {
        const char *mode;
        void (*open)(struct load *load);
    } modes[] = { { "scans", scans_load }, { "look-ups", look_ups_load }, { "stats", stats_load },
        { "list", lists_load }, { "sign-ins", sign_ins_load } };
    struct storm_options options = { .connections = 64, .seconds = 10, .first = 1, .rounds = 1000 };
    struct storm_pass pass;
    struct load load = { .options = &options };

    read_options(&options, argc, argv);
    pass_get(&pass, &options);

    if (strcmp(options.mode, "sign-in") == 0)
        return printf("%s\n%s\n", pass.cookie, pass.csrf) < 0;
    if (strcmp(options.mode, "fight") == 0)
        return run_fight(&options, &pass);
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
        if (strcmp(options.mode, modes[i].mode) == 0) {
            modes[i].open(&load);
            return run_load(&options, &pass, &load);
        }
    stop("no such mode: %s\n%s", options.mode, usage);
}

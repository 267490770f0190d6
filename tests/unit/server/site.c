#include "unit/server/site.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/lane.h"
#include "http/cookie.h"
#include "http/feed.h"
#include "http/route.h"
#include "http/ticket.h"
#include "http/upload.h"
#include "server/assets.h"
#include "session/session.h"

static struct lane *lane;
static atomic_int runs;
static atomic_bool late_is_out, released;

static void nap(int ms)
{
    const struct timespec time = { ms / 1000, ms % 1000 * 1000000L };

    nanosleep(&time, NULL);
}

/* Sessions. */

static bool sign_in(const char *cookie, struct session_view *view)
{
    *view = (struct session_view){ .org_id = 1, .csrf = SITE_CSRF };
    view->person =
        (struct person){ .id = 7, .session_id = 9, .role = ROLE_DISPATCHER, .name = "Ada" };
    if (strcmp(cookie, "root") == 0)
        view->person.role = ROLE_ADMIN;
    return strcmp(cookie, "ada") == 0 || strcmp(cookie, "root") == 0 || strcmp(cookie, "ask") == 0
        || (strcmp(cookie, "late") == 0 && !atomic_load(&late_is_out));
}

enum session_answer session_find_cached(
    struct arena *arena, const char *cookie, bool counts, struct session_view *view)
{
    (void)arena;
    (void)counts;
    if (strncmp(cookie, "ask", 3) == 0)
        return SESSION_NOT_CACHED;
    return sign_in(cookie, view) ? SESSION_KNOWN : SESSION_NONE;
}

bool session_load(
    struct call *call, const char *cookie, bool counts, struct session_view *view, bool *known)
{
    (void)counts;
    nap(20);
    if (strcmp(cookie, "ask-down") == 0)
        return fail(call, FAULT_DATABASE, "away");
    *known = sign_in(cookie, view);
    return true;
}

void site_sign_out(void)
{
    atomic_store(&late_is_out, true);
}

/* Handlers. */

static bool say(struct call *call, struct reply *reply, const char *key, const char *value)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, key, value);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

static bool no_items(struct call *call, const struct request *request, struct ticket *ticket)
{
    (void)call;
    (void)request;
    (void)ticket;
    return true;
}

static bool say_healthy(struct call *call, struct ticket *ticket, struct reply *reply)
{
    (void)ticket;
    return say(call, reply, "status", "healthy");
}

static bool echo(struct call *call, const struct request *request, struct reply *reply)
{
    const char *q = request_query(request, "q");

    return say(call, reply, request_path(request, "word"), q ? q : "");
}

struct thing {
    const char *name;
    int64_t size;
};

static const struct field thing_fields[] = {
    { .name = "name", .type = FIELD_TEXT, .offset = offsetof(struct thing, name), .max = 300000 },
    FIELD_OPTIONAL(struct thing, size, 0),
};

static const struct shape thing_shape = SHAPE(struct thing, thing_fields);

static bool thing_add(struct call *call, const struct request *request, struct reply *reply)
{
    struct thing thing;

    return request_json(call, request, &thing_shape, &thing)
        && reply_record(call, reply, 201, &thing_shape, &thing);
}

static bool thing_end(struct call *call, const struct request *request, struct reply *reply)
{
    (void)call;
    (void)request;
    return reply_empty(reply);
}

static bool slow(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    nap(300);
    return say(call, reply, "slept", "well");
}

static bool held(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    while (!atomic_load(&released))
        nap(1);
    return say(call, reply, "let", "go");
}

void site_release(void)
{
    atomic_store(&released, true);
}

static bool again(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    reply_header(call, reply, "X-Try", "yes");
    if (atomic_fetch_add(&runs, 1) < 2)
        return fail(call, FAULT_AGAIN, "lost the race");
    return say(call, reply, "won", "at last");
}

int site_runs(void)
{
    return atomic_load(&runs);
}

static bool broken(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    (void)reply;
    return fail(call, FAULT_INTERNAL, "the secret \xff detail");
}

static bool big(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    char *text = arena_alloc(&call->arena, 100001, 1);

    memset(text, 'x', 100000);
    return say(call, reply, "x", text);
}

static bool file(struct call *call, const struct request *request, struct reply *reply)
{
    char name[] = "/tmp/site-XXXXXX";
    const int fd = mkstemp(name);

    (void)call;
    (void)request;
    assert(fd >= 0 && unlink(name) == 0 && write(fd, "a,b\n1,2\n", 8) == 8);
    return reply_file(reply, 200, "text/csv", fd, 8);
}

static bool keep(struct call *call, const struct request *request, struct reply *reply)
{
    struct upload upload;

    return request_upload(call, request, &upload)
        && say(call, reply, "bytes", arena_format(&call->arena, "%d", (int)upload.length));
}

static bool sign(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return reply_set_session_cookie(call, reply, "ada") && reply_empty(reply);
}

/* The lane. */

struct scan {
    struct lane_item item;
    struct ticket *ticket;
    const char *name;
};

static bool lane_run(struct call *call, struct lane_item **items, size_t count)
{
    (void)call;
    for (size_t i = 0; i < count; i++)
        if (strcmp(((struct scan *)items[i])->name, "slow") == 0)
            nap(50);
    return true;
}

static void lane_done(struct lane_item *item)
{
    ticket_done(((struct scan *)item)->ticket);
}

static const struct lane_spec spec = { "site", 64, 1000, lane_run, lane_done };

static bool scan_take(struct call *call, const struct request *request, struct ticket *ticket)
{
    struct thing thing;

    if (!request_json(call, request, &thing_shape, &thing))
        return false;

    struct scan *scan = NEW(&call->arena, struct scan);

    *scan = (struct scan){ .item.org_id = call->org_id, .ticket = ticket, .name = thing.name };
    ticket->state = scan;
    ticket_expect(ticket, 1);

    /* Finished before the connection was suspended. */
    if (strcmp(thing.name, "now") == 0) {
        ticket_done(ticket);
        return true;
    }
    if (lane_push(lane, &scan->item))
        return true;
    ticket_expect(ticket, 0);
    return fail(call, FAULT_OVERLOADED, "the lane is full");
}

static bool scan_answer(struct call *call, struct ticket *ticket, struct reply *reply)
{
    const struct scan *scan = ticket->state;

    if (strcmp(scan->name, "refused") == 0)
        return fail_because(call, PARENT_EMPTY, .parent = scan->name);
    return say(call, reply, "linked", scan->name);
}

static const struct lane_route health = { no_items, say_healthy };
static const struct lane_route post_scan = { scan_take, scan_answer };

/* clang-format off */
const struct route routes[] = {
    { GET,     "/health",           LANE(health),    ANYONE,      RATE_NONE,    0 },
    { GET,     "/api/echo/{word}",  CALL_WITH(echo, QUERY_ANY), ANYONE,      RATE_READ,    0 },
    { GET,     "/api/me",           CALL(slow),      MAY_SELF,    RATE_READ,    0 },
    { GET,     "/api/users",        CALL(thing_end), MAY_ADMIN,   RATE_READ,    0 },
    { GET,     "/api/slow",         CALL(slow),      ANYONE,      RATE_READ,    0 },
    { GET,     "/api/held",         CALL(held),      ANYONE,      RATE_READ,    0 },
    { GET,     "/api/again",        CALL(again),     ANYONE,      RATE_READ,    0 },
    { GET,     "/api/broken",       CALL(broken),    ANYONE,      RATE_READ,    0 },
    { GET,     "/api/big",          CALL(big),       ANYONE,      RATE_READ,    0 },
    { GET,     "/api/file",         CALL(file),      ANYONE,      RATE_READ,    0 },
    { POST,    "/api/session",      CALL(sign),      ANYONE,      RATE_SIGN_IN, 1 * KIB },
    { POST,    "/api/things",       CALL(thing_add), ANYONE,      RATE_WRITE,   256 * KIB },
    { POST,    "/api/uploads",      CALL(keep),      ANYONE,      RATE_WRITE,   8 * MIB },
    { PATCH,   "/api/things/{id}",  CALL(thing_add), ANYONE,      RATE_WRITE,   1 * KIB },
    { DELETE_, "/api/things/{id}",  CALL(thing_end), MAY_SCAN,    RATE_WRITE,   0 },
    { POST,    "/api/scans",        LANE(post_scan),  MAY_SCAN,    RATE_SCAN,    8 * KIB },
    { POST,    "/api/open",         LANE(post_scan),  ANYONE,      RATE_SCAN,    8 * KIB },
    { GET,     "/api/stream",       FEED("news"),    MAY_LOOK,    RATE_READ,    0 },
};
/* clang-format on */

const int routes_count = sizeof routes / sizeof routes[0];

static const unsigned char page[] = "<!doctype html><title>Site</title>";

const struct asset assets[] = {
    { "/assets/app-1.js", "text/javascript", "aaaa", (const unsigned char *)"go()", 4,
        (const unsigned char *)"zip", 3, true },
    { "/index.html", "text/html; charset=utf-8", "bbbb", page, sizeof page - 1, NULL, 0, false },
};

const int assets_count = sizeof assets / sizeof assets[0];

struct server_settings site_settings(void)
{
    return (struct server_settings){
        .address = "127.0.0.1",
        .threads = 2,
        .workers = 4,
        .queue_max = 64,
        .connections_max = 1000,
        .connections_per_address = 0,
        .header_seconds = 1,
        .idle_seconds = 2,
        .body_seconds = 1,
        .heartbeat_seconds = 1,
    };
}

void site_start(const struct server_settings *settings)
{
    struct call call = { 0 };

    atomic_store(&runs, 0);
    atomic_store(&late_is_out, false);
    atomic_store(&released, false);
    lane = lane_start(&spec, NULL);
    const bool started = server_start(&call, settings);

    assert(started);
    (void)started;
}

void site_stop(int seconds)
{
    server_stop(seconds);
    lane_stop(lane);
    feed_close();
}

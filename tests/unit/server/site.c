#include "unit/server/site.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "http/batch.h"
#include "http/cookie.h"
#include "http/feed.h"
#include "http/route.h"
#include "http/upload.h"
#include "server/assets.h"
#include "session/session.h"

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

static bool say_healthy(struct call *call, const struct batch *batch, struct reply *reply)
{
    (void)batch;
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

/* The lanes. */

struct scan {
    const char *name;
};

static int one_lane(const struct config *config)
{
    (void)config;
    return 1;
}

static bool scan_work(struct call *call, void *const *records, size_t count)
{
    (void)call;
    for (size_t i = 0; i < count; i++)
        if (strcmp(((const struct scan *)records[i])->name, "slow") == 0)
            nap(50);
    return true;
}

static const struct batch_kind scan_kind = { .name = "site",
    .size = sizeof(struct scan),
    .batch_max = 64,
    .waiting_max = 1000,
    .lanes = one_lane,
    .work = scan_work };

static bool scan_read(struct call *call, const struct request *request, struct batch *batch)
{
    struct scan *scan = batch_records(call, batch, &scan_kind, 1);
    struct thing thing;

    if (!request_json(call, request, &thing_shape, &thing))
        return false;

    scan->name = thing.name;
    return true;
}

static bool scan_answer(struct call *call, const struct batch *batch, struct reply *reply)
{
    const struct scan *scan = batch_record(batch, 0);

    if (strcmp(scan->name, "refused") == 0)
        return fail_because(call, PARENT_EMPTY, .parent = scan->name);
    return say(call, reply, "linked", scan->name);
}

/* Its lanes share room for one record, so neither of them has any. */
static int two_lanes(const struct config *config)
{
    (void)config;
    return 2;
}

static const struct batch_kind full_kind = { .name = "full",
    .size = sizeof(struct scan),
    .batch_max = 1,
    .waiting_max = 1,
    .retry_seconds = 7,
    .lanes = two_lanes,
    .work = scan_work };

static bool full_read(struct call *call, const struct request *request, struct batch *batch)
{
    (void)request;
    batch_records(call, batch, &full_kind, 1);
    return true;
}

static bool crowd_read(struct call *call, const struct request *request, struct batch *batch)
{
    (void)request;
    batch_records(call, batch, &full_kind, 3);
    batch_skip(batch, 1);
    batch->key = "crowd";
    return true;
}

static bool crowd_answer(struct call *call, const struct batch *batch, struct reply *reply)
{
    const char *full = "";

    for (size_t i = 0; i < batch->count; i++)
        full = arena_format(&call->arena, "%s%d", full, batch_fault(batch, i) == FAULT_OVERLOADED);
    return say(call, reply, "full", full);
}

static const struct batch_route health = { NULL, NULL, say_healthy, .each = false };
static const struct batch_route post_scan = { &scan_kind, scan_read, scan_answer, .each = false };
static const struct batch_route post_full = { &full_kind, full_read, scan_answer, .each = false };
static const struct batch_route post_crowd = { &full_kind, crowd_read, crowd_answer, .each = true };

/* clang-format off */
const struct route routes[] = {
    { GET,     "/health",           BATCH(health),    ANYONE,      RATE_NONE,    0 },
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
    { POST,    "/api/scans",        BATCH(post_scan),  MAY_SCAN,    RATE_SCAN,    8 * KIB },
    { POST,    "/api/open",         BATCH(post_scan),  ANYONE,      RATE_SCAN,    8 * KIB },
    { POST,    "/api/full",         BATCH(post_full),  ANYONE,      RATE_SCAN,    0 },
    { POST,    "/api/crowd",        BATCH(post_crowd), ANYONE,      RATE_SCAN,    0 },
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
    batches_start(NULL, NULL);
    const bool started = server_start(&call, settings);

    assert(started);
    (void)started;
}

void site_stop(int seconds)
{
    server_stop(seconds);
    batches_stop();
    feed_close();
}

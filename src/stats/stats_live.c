/* The two live ways to the figures: the lane of GET /api/stats and the feed. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "db/db.h"
#include "db/lane.h"
#include "http/feed.h"
#include "http/ticket.h"
#include "stats/stats.h"
#include "stats/stats_http.h"

#define STATS_LIVE_BATCH_MAX 256
#define LOOK_EVERY_MS 250
#define WATCHED_MAX 64 /* organisations with somebody at a dashboard */

struct look {
    struct lane_item item;
    struct ticket *ticket;
    struct arena *arena; /* of the request, which sleeps meanwhile */
    const char *json;
};

static struct lane *lane;

static bool stats_live_run(struct call *call, struct lane_item **items, size_t count)
{
    const char *json;

    if (!stats_json(call, &json))
        return false;

    for (size_t i = 0; i < count; i++) {
        struct look *look = (struct look *)items[i];

        look->json = arena_text(look->arena, json);
    }
    return true;
}

static void stats_live_done(struct lane_item *item)
{
    ticket_done(((struct look *)item)->ticket);
}

static bool stats_live_take(struct call *call, const struct request *request, struct ticket *ticket)
{
    struct look *look = NEW(&call->arena, struct look);

    (void)request;
    look->item.org_id = call->org_id;
    look->ticket = ticket;
    look->arena = &call->arena;
    ticket->state = look;

    ticket_expect(ticket, 1);
    return lane_push(lane, &look->item) || fail(call, FAULT_OVERLOADED, "the stats lane is full");
}

static bool stats_live_answer(struct call *call, struct ticket *ticket, struct reply *reply)
{
    const struct look *look = ticket->state;
    struct json json = json_new(&call->arena);

    if (look->item.fault.code) {
        call->fault = look->item.fault;
        return false;
    }
    json_raw(&json, look->json);
    return reply_json(reply, 200, &json);
}

const struct lane_route get_stats = { stats_live_take, stats_live_answer };

/* The feed's thread, and the organisations that it looks after. */
static struct {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool closing;
    const char *conninfo;
    size_t count;
    struct {
        int64_t org_id;
        char sent[1024];
    } watched[WATCHED_MAX];
} feed = { .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER };

static void stats_live_watch(int64_t org_id)
{
    size_t i = 0;

    pthread_mutex_lock(&feed.lock);
    while (i < feed.count && feed.watched[i].org_id != org_id)
        i++;
    if (i < WATCHED_MAX) {
        feed.watched[i].org_id = org_id;
        feed.watched[i].sent[0] = '\0'; /* a newcomer wants the figures at once */
        feed.count = i == feed.count ? i + 1 : feed.count;
    }
    pthread_cond_signal(&feed.wake);
    pthread_mutex_unlock(&feed.lock);
}

static void publish_changes(struct call *call, size_t i)
{
    const char *json;
    const int64_t org_id = feed.watched[i].org_id;

    if (!feed_listeners(STATS_FEED, org_id))
        return;

    call->org_id = org_id;
    if (!db_connect(call, 0) || !stats_json(call, &json)) {
        fail_clear(call);
        return;
    }
    if (strlen(json) >= sizeof feed.watched[i].sent || strcmp(json, feed.watched[i].sent) == 0)
        return;

    strcpy(feed.watched[i].sent, json);
    feed_publish(STATS_FEED, org_id, "stats", json);
}

/* Sleep for a quarter of a second, or until the first listener comes; false when it is over. */
static bool feed_wait(void)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += LOOK_EVERY_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;

    if (!feed.closing)
        pthread_cond_timedwait(&feed.wake, &feed.lock, &until);
    return !feed.closing;
}

static void *feed_main(void *unused)
{
    struct call call = { .address = "" };

    (void)unused;
    call.db = db_open(feed.conninfo, "stats-feed");

    pthread_mutex_lock(&feed.lock);
    while (feed_wait()) {
        const size_t count = feed.count;

        pthread_mutex_unlock(&feed.lock);
        for (size_t i = 0; i < count; i++)
            publish_changes(&call, i);
        arena_end(&call.arena);
        pthread_mutex_lock(&feed.lock);
    }
    pthread_mutex_unlock(&feed.lock);

    db_close(call.db);
    arena_free(&call.arena);
    return NULL;
}

void stats_start(const char *conninfo, size_t queue_max)
{
    const struct lane_spec spec = { .name = "stats",
        .batch_max = STATS_LIVE_BATCH_MAX,
        .queue_max = queue_max,
        .run = stats_live_run,
        .done = stats_live_done };

    lane = lane_start(&spec, conninfo);
    feed.conninfo = conninfo;
    feed.closing = false;
    feed_on_first(STATS_FEED, stats_live_watch);
    if (pthread_create(&feed.thread, NULL, feed_main, NULL))
        abort();
}

void stats_stop(void)
{
    pthread_mutex_lock(&feed.lock);
    feed.closing = true;
    pthread_cond_signal(&feed.wake);
    pthread_mutex_unlock(&feed.lock);
    pthread_join(feed.thread, NULL);
    lane_stop(lane);
}

/* The two live ways to the figures: the lane of GET /api/stats and the feed. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "db/db.h"
#include "http/batch.h"
#include "http/feed.h"
#include "stats/stats.h"
#include "stats/stats_http.h"

#define STATS_LIVE_BATCH_MAX 256
#define LOOK_EVERY_MS 250
#define WATCHED_MAX 64 /* organisations with somebody at a dashboard */

struct look {
    struct arena *arena; /* of the request */
    const char *json;
};

static int stats_live_lanes(const struct config *config)
{
    (void)config;
    return 1;
}

static bool stats_live_work(struct call *call, void *const *records, size_t count)
{
    const char *json;

    if (!stats_json(call, &json))
        return false;

    for (size_t i = 0; i < count; i++) {
        struct look *look = records[i];

        look->json = arena_text(look->arena, json);
    }
    return true;
}

static const struct batch_kind stats_kind = { .name = "stats",
    .size = sizeof(struct look),
    .batch_max = STATS_LIVE_BATCH_MAX,
    .lanes = stats_live_lanes,
    .work = stats_live_work };

static bool stats_live_read(struct call *call, const struct request *request, struct batch *batch)
{
    struct look *look = batch_records(call, batch, &stats_kind, 1);

    (void)request;
    look->arena = &call->arena;
    return true;
}

static bool stats_live_answer(struct call *call, const struct batch *batch, struct reply *reply)
{
    const struct look *look = batch_record(batch, 0);
    struct json json = json_new(&call->arena);

    json_raw(&json, look->json);
    return reply_json(reply, 200, &json);
}

const struct batch_route get_stats = { &stats_kind, stats_live_read, stats_live_answer,
    .each = false };

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

void stats_start(const char *conninfo)
{
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
}

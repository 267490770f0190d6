#include "db/lane.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

#include "base/clock.h"
#include "db/db.h"
#include "metric/metric.h"

/* After a second loss in a row it is the server that is away, not one connection. */
#define LOST_PAUSE_US 50000
#define RACE_PAUSE_US 500

struct lane {
    struct lane_spec spec;
    char name[32];
    unsigned queue; /* its value of the metrics' label */
    pthread_t thread;

    /* What the lock is for. */
    pthread_mutex_t lock;
    pthread_cond_t wakes;
    struct lane_item *first, **end;
    bool closing;
    struct lane_stats stats;

    /* The lane's thread alone. */
    struct call call;
    struct lane_item **batch;
    uint64_t random;
    int64_t db_before_us; /* db_busy_us() when it took the batch */
};

/* Moves the next batch from the queue to lane->batch; the queue isn't empty. */
static size_t lane_take_batch(struct lane *lane)
{
    const int64_t org_id = lane->first->org_id;
    struct lane_item **link = &lane->first;
    size_t count = 0;

    while (*link && count < lane->spec.batch_max) {
        struct lane_item *item = *link;

        if (item->org_id == org_id) {
            *link = item->next;
            lane->batch[count++] = item;
        } else {
            link = &item->next;
        }
    }
    if (!*link)
        lane->end = link;

    lane->stats.waiting -= count;
    lane->stats.items += count;
    lane->stats.batches++;
    metric_add(METRIC_QUEUED + lane->queue, -(int64_t)count);
    return count;
}

static void lane_note_batch(struct lane *lane, size_t count)
{
    const int64_t now_us = clock_us();
    const unsigned histogram = lane->queue * METRIC_HISTOGRAM_WIDTH;

    for (size_t i = 0; i < count; i++) {
        struct lane_item *item = lane->batch[i];

        item->waited_us = now_us - item->queued_us;
        metric_observe_us(METRIC_QUEUE_SECONDS + histogram, item->waited_us);
    }
    metric_observe(METRIC_BATCH_SIZE + histogram, (int64_t)count);
    lane->db_before_us = lane->call.db ? db_busy_us(lane->call.db) : 0;
}

/* The next batch, as soon as there is one; 0 when the lane is closing and nothing is left. */
static size_t wait_for_batch(struct lane *lane)
{
    pthread_mutex_lock(&lane->lock);
    while (!lane->first && !lane->closing)
        pthread_cond_wait(&lane->wakes, &lane->lock);

    const size_t count = lane->first ? lane_take_batch(lane) : 0;

    pthread_mutex_unlock(&lane->lock);
    if (count)
        lane_note_batch(lane, count);
    return count;
}

static void count_one(struct lane *lane, uint64_t *figure)
{
    pthread_mutex_lock(&lane->lock);
    ++*figure;
    pthread_mutex_unlock(&lane->lock);
}

/* When the items, the oldest of which is `item`, have waited long enough for a lost database. */
static int64_t patience_end(const struct lane_item *item)
{
    return item->queued_us + (int64_t)LANE_PATIENCE_MS * 1000;
}

static bool is_ready(struct lane *lane, const struct lane_item *oldest)
{
    const int64_t left_us = patience_end(oldest) - clock_us();

    return !lane->call.db || db_connect(&lane->call, left_us > 0 ? (int)(left_us / 1000) : 0);
}

/* One run of the items. The arena is still there afterwards: their answers may point into it. */
static bool attempt(struct lane *lane, struct lane_item **items, size_t count)
{
    struct call *call = &lane->call;

    arena_end(&call->arena);
    fail_clear(call);
    call->org_id = items[0]->org_id;

    if (is_ready(lane, items[0]) && lane->spec.run(call, items, count)) {
        fail_clear(call);
        return true;
    }

    assert(call->fault.code != FAULT_NONE);
    if (call->db)
        db_rollback(call);
    return false;
}

static void pause_up_to(struct lane *lane, int64_t most_us)
{
    lane->random = lane->random * 6364136223846793005U + 1442695040888963407U;

    const int64_t us = (int64_t)(lane->random >> 33) % most_us;

    nanosleep(&(struct timespec){ .tv_nsec = us * 1000 }, NULL);
}

/* After the `tries`th run has failed: whether the same items may go well if they run again. */
static bool may_go_well(struct lane *lane, const struct lane_item *oldest, int tries)
{
    switch (lane->call.fault.code) {
    case FAULT_AGAIN:
    case FAULT_CONFLICT:
        if (tries >= 2)
            pause_up_to(lane, (int64_t)RACE_PAUSE_US * tries);
        return tries < LANE_TRIES;
    case FAULT_DATABASE:
        if (tries >= 2)
            pause_up_to(lane, LOST_PAUSE_US);
        return tries < 2 || clock_us() < patience_end(oldest);
    default:
        return false;
    }
}

/* Whether one item may be to blame, so that the others deserve a batch without it. */
static bool may_be_poisoned(enum fault_code code)
{
    return code != FAULT_NONE && code != FAULT_DATABASE && code != FAULT_TOO_SLOW;
}

static void lane_finish(struct lane *lane, struct lane_item **items, size_t count)
{
    const struct fault *fault = &lane->call.fault;
    const int64_t db_us = lane->call.db ? db_busy_us(lane->call.db) - lane->db_before_us : 0;

    /* The items outlive the lane's arena. */
    for (size_t i = 0; i < count; i++) {
        items[i]->db_us = db_us;
        items[i]->fault = *fault;
        items[i]->fault.fields = NULL;
        items[i]->fault.words = words_copy(items[i]->arena, &fault->words);
        lane->spec.done(items[i]);
    }
    arena_end(&lane->call.arena);
}

/* Run the items until each of them is finished, well or not. */
static void lane_settle(struct lane *lane, struct lane_item **items, size_t count)
{
    for (int tries = 1; !attempt(lane, items, count); tries++) {
        if (!may_go_well(lane, items[0], tries))
            break;
        count_one(lane, &lane->stats.retries);
        metric_add(METRIC_BATCH_RETRIES + lane->queue, 1);
    }

    if (count == 1 || !may_be_poisoned(lane->call.fault.code)) {
        lane_finish(lane, items, count);
        return;
    }

    const size_t half = count / 2;

    count_one(lane, &lane->stats.splits);
    metric_add(METRIC_BATCH_SPLITS + lane->queue, 1);
    lane_settle(lane, items, half);
    lane_settle(lane, items + half, count - half);
}

static void *lane_main(void *argument)
{
    struct lane *lane = argument;

    prctl(PR_SET_NAME, lane->name);
    for (size_t count; (count = wait_for_batch(lane)) > 0;)
        lane_settle(lane, lane->batch, count);
    return NULL;
}

static void *memory(size_t count, size_t size)
{
    void *bytes = calloc(count, size);

    if (!bytes)
        abort();
    return bytes;
}

struct lane *lane_start(const struct lane_spec *spec, const char *conninfo)
{
    struct lane *lane = memory(1, sizeof *lane);

    lane->spec = *spec;
    snprintf(lane->name, sizeof lane->name, "%s", spec->name);
    lane->queue = metric_find(LABEL_QUEUE, spec->name);
    lane->end = &lane->first;
    lane->random = (uint64_t)clock_us();
    lane->call.db = conninfo ? db_open(conninfo, lane->name) : NULL;
    lane->call.address = "";
    snprintf(lane->call.request_id, sizeof lane->call.request_id, "%s", lane->name);

    lane->batch = memory(spec->batch_max, sizeof(struct lane_item *));

    pthread_mutex_init(&lane->lock, NULL);
    pthread_cond_init(&lane->wakes, NULL);
    if (pthread_create(&lane->thread, NULL, lane_main, lane))
        abort();
    return lane;
}

bool lane_push(struct lane *lane, struct lane_item *item)
{
    pthread_mutex_lock(&lane->lock);

    const bool taken = !lane->closing && lane->stats.waiting < lane->spec.queue_max;

    if (taken) {
        item->next = NULL;
        item->queued_us = clock_us();
        *lane->end = item;
        lane->end = &item->next;
        lane->stats.waiting++;
        metric_add(METRIC_QUEUED + lane->queue, 1);
        pthread_cond_signal(&lane->wakes);
    }
    pthread_mutex_unlock(&lane->lock);
    return taken;
}

void lane_stop(struct lane *lane)
{
    pthread_mutex_lock(&lane->lock);
    lane->closing = true;
    pthread_cond_signal(&lane->wakes);
    pthread_mutex_unlock(&lane->lock);
    pthread_join(lane->thread, NULL);

    if (lane->call.db)
        db_close(lane->call.db);
    arena_free(&lane->call.arena);
    pthread_cond_destroy(&lane->wakes);
    pthread_mutex_destroy(&lane->lock);
    free(lane->batch);
    free(lane);
}

struct lane_stats lane_stats(struct lane *lane)
{
    pthread_mutex_lock(&lane->lock);

    const struct lane_stats stats = lane->stats;

    pthread_mutex_unlock(&lane->lock);
    return stats;
}

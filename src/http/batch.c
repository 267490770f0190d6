#include "http/batch.h"

#include <assert.h>
#include <string.h>

#include "db/lanes.h"
#include "http/request_parts.h"

#define KINDS_MAX 16

struct batch_item {
    struct lane_item lane;
    struct batch *batch;
    const struct batch_kind *kind;
    void *record;
    bool skipped;
};

/* A kind's lanes, while the server runs. */
struct batch_lanes {
    const struct batch_kind *kind;
    struct lanes lanes;
    atomic_uint turn; /* of records without a key */
};

static struct batch_lanes batch_kinds[KINDS_MAX];
static size_t batch_kinds_count;

void *batch_records(
    struct call *call, struct batch *batch, const struct batch_kind *kind, size_t count)
{
    const size_t room = count ? count : 1;
    char *records = arena_alloc(&call->arena, room, kind->size);

    batch->count = count;
    batch->items = NEW_ARRAY(&call->arena, struct batch_item, room);
    for (size_t i = 0; i < count; i++)
        batch->items[i] =
            (struct batch_item){ .lane = { .org_id = call->org_id, .arena = &call->arena },
                .batch = batch,
                .kind = kind,
                .record = records + i * kind->size };
    return records;
}

void batch_skip(struct batch *batch, size_t i)
{
    batch->items[i].skipped = true;
}

const void *batch_record(const struct batch *batch, size_t i)
{
    return batch->items[i].record;
}

enum fault_code batch_fault(const struct batch *batch, size_t i)
{
    return batch->items[i].lane.fault.code;
}

void batch_times(const struct batch *batch, int64_t *queue_us, int64_t *db_us)
{
    *queue_us = *db_us = 0;
    for (size_t i = 0; i < batch->count; i++) {
        const struct lane_item *item = &batch->items[i].lane;

        if (item->waited_us > *queue_us)
            *queue_us = item->waited_us;
        if (item->db_us > *db_us)
            *db_us = item->db_us;
    }
}

static bool batch_run(struct call *call, struct lane_item **items, size_t count)
{
    void **records = NEW_ARRAY(&call->arena, void *, count);

    for (size_t i = 0; i < count; i++)
        records[i] = ((struct batch_item *)items[i])->record;
    return ((struct batch_item *)items[0])->kind->work(call, records, count);
}

static void batch_done(struct batch *batch)
{
    if (atomic_fetch_sub(&batch->waiting, 1) == 1)
        batch->settled(batch);
}

static void batch_item_done(struct lane_item *item)
{
    batch_done(((struct batch_item *)item)->batch);
}

static struct batch_lanes *batch_lanes_of(const struct batch_kind *kind)
{
    for (size_t i = 0; i < batch_kinds_count; i++)
        if (batch_kinds[i].kind == kind)
            return &batch_kinds[i];
    return NULL;
}

static struct lanes_settings batch_settings(
    const struct batch_kind *kind, const struct config *config)
{
    const int count = kind->lanes(config);

    return (struct lanes_settings){
        .count = count,
        .batch_max = kind->batch_max ? kind->batch_max
                                     : (size_t)config_number(config, OPTION_LANE_BATCH_MAX),
        .queue_max = kind->waiting_max ? kind->waiting_max / (size_t)count
                                       : (size_t)config_number(config, OPTION_QUEUE_MAX),
    };
}

static void batch_start(
    const struct batch_kind *kind, const struct config *config, const char *conninfo)
{
    const struct lanes_settings settings = batch_settings(kind, config);
    struct batch_lanes *lanes = &batch_kinds[batch_kinds_count++];

    assert(batch_kinds_count <= KINDS_MAX);
    lanes->kind = kind;
    lanes_start(&lanes->lanes, kind->name, &settings, batch_run, batch_item_done, conninfo);
}

void batches_start(const struct config *config, const char *conninfo)
{
    for (int i = 0; i < routes_count; i++) {
        const struct batch_kind *kind = routes[i].batch ? routes[i].batch->kind : NULL;

        if (kind && !batch_lanes_of(kind))
            batch_start(kind, config, conninfo);
    }
}

void batches_stop(void)
{
    while (batch_kinds_count > 0)
        lanes_stop(&batch_kinds[--batch_kinds_count].lanes);
}

/* By its key, or wherever there is room. */
static bool batch_push_item(struct batch_item *item, const char *key)
{
    struct batch_lanes *lanes = batch_lanes_of(item->kind);

    if (key)
        return lanes_push(&lanes->lanes, lanes_hash(key), &item->lane);

    const unsigned turn = atomic_fetch_add(&lanes->turn, 1);

    for (unsigned i = 0; i < lanes->lanes.count; i++)
        if (lane_push(lanes->lanes.each[(turn + i) % lanes->lanes.count], &item->lane))
            return true;
    return false;
}

static bool batch_fail_full(struct call *call, struct batch *batch)
{
    const struct batch_kind *kind = batch->items[0].kind;

    batch->expected = 0;
    (void)fail(call, FAULT_OVERLOADED, "the %s lane is full", kind->name);
    call->fault.retry_seconds = kind->retry_seconds;
    return false;
}

static bool batch_push(struct call *call, struct batch *batch, bool each)
{
    for (size_t i = 0; i < batch->count; i++)
        batch->expected += !batch->items[i].skipped;
    atomic_store(&batch->waiting, batch->expected);
    assert(each || batch->count <= 1);

    for (size_t i = 0; i < batch->count; i++) {
        struct batch_item *item = &batch->items[i];

        if (item->skipped || batch_push_item(item, batch->key))
            continue;
        if (!each)
            return batch_fail_full(call, batch);
        item->lane.fault.code = FAULT_OVERLOADED;
        batch_done(batch);
    }
    return true;
}

bool batch_begin(struct call *call, const struct request *request, struct batch *batch)
{
    const struct batch_route *route = request->route->batch;

    batch->count = 0;
    batch->expected = 0;
    batch->key = NULL;
    return !route->read
        || (route->read(call, request, batch) && batch_push(call, batch, route->each));
}

bool batch_end(
    struct call *call, const struct request *request, struct batch *batch, struct reply *reply)
{
    const struct batch_route *route = request->route->batch;

    if (!route->each && batch->count && batch_fault(batch, 0)) {
        call->fault = batch->items[0].lane.fault;
        return false;
    }
    return route->answer(call, batch, reply);
}

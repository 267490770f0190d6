#include "db/lanes.h"

#include <assert.h>
#include <stdio.h>

void lanes_start(struct lanes *lanes, const char *name, const struct lanes_settings *settings,
    lane_run_fn *run, lane_done_fn *done, const char *conninfo)
{
    assert(settings->count >= 1 && settings->count <= LANES_MAX);

    for (int i = 0; i < settings->count; i++) {
        char full_name[32];
        const struct lane_spec spec = { .name = full_name,
            .batch_max = settings->batch_max,
            .queue_max = settings->queue_max,
            .run = run,
            .done = done };

        snprintf(full_name, sizeof full_name, "%s-%d", name, i);
        lanes->each[i] = lane_start(&spec, conninfo);
    }
    lanes->count = (unsigned)settings->count;
}

/* FNV-1a, 64 bits. */
uint64_t lanes_hash(const char *key)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(1099511628211);
    return hash;
}

bool lanes_push(struct lanes *lanes, uint64_t hash, struct lane_item *item)
{
    /* The high bits: those of FNV mix best. */
    return lane_push(lanes->each[(hash >> 32) % lanes->count], item);
}

void lanes_stop(struct lanes *lanes)
{
    for (unsigned i = 0; i < lanes->count; i++)
        lane_stop(lanes->each[i]);
    lanes->count = 0;
}

#include "db/lanes.h"

#include <assert.h>
#include <stdio.h>

/* A batch of links costs PostgreSQL 0.45 ms by itself and some 0.025 ms for each scan in it. */
#define GATHER 24

void lanes_open(struct lanes *lanes, const char *name, const struct lanes_settings *settings,
    lane_run_fn *run, lane_done_fn *done, const char *conninfo)
{
    struct lane_crew *crew = &lanes->crew;

    assert(settings->count >= 1 && settings->count <= LANES_MAX);
    crew->gather = GATHER;

    for (int i = 0; i < settings->count; i++) {
        char full_name[32];
        const struct lane_spec spec = { .name = full_name,
            .batch_max = settings->batch_max,
            .queue_max = settings->queue_max,
            .run = run,
            .done = done,
            .crew = crew };

        snprintf(full_name, sizeof full_name, "%s-%d", name, i);
        crew->each[i] = lane_open(&spec, conninfo);
        atomic_fetch_add(&crew->count, 1);
    }
}

bool lanes_push(struct lanes *lanes, uint64_t hash, struct lane_item *item)
{
    /* The high bits: those of FNV mix best. */
    return lane_push(lanes->crew.each[(hash >> 32) % lanes->crew.count], item);
}

void lanes_close(struct lanes *lanes)
{
    struct lane_crew *crew = &lanes->crew;
    const unsigned count = atomic_exchange(&crew->count, 0);

    for (unsigned i = 0; i < count; i++)
        lane_close(crew->each[i]);
}

/*
 * Demo rows: writes the events of a plan into the tables.
 */
#ifndef DEMO_DEMO_ROWS_H
#define DEMO_DEMO_ROWS_H

#include "demo/demo.h"
#include "demo/plan.h"

#define DEMO_DISPATCHERS 40
#define DEMO_BILLERS 8

struct demo_person {
    int64_t id, area_id;
};

struct demo_family {
    int64_t id, capacity, child_weight_g;
};

/* The people and families that the rows refer to. */
struct demo_world {
    int64_t org_id;
    struct demo_person dispatchers[DEMO_DISPATCHERS], billers[DEMO_BILLERS];
    struct demo_family families[PLAN_FAMILIES];
    struct plan_settings settings;
};

/*
 * Each plays the whole plan from its beginning and writes the rows of one table. `world` has the
 * ids of the people and areas that they name; how many rows there were is added to *stats.
 */
MUST_USE bool demo_rows_bags(
    struct call *call, const struct demo_world *world, struct plan *plan, struct demo_stats *stats);
MUST_USE bool demo_rows_scans(
    struct call *call, const struct demo_world *world, struct plan *plan, struct demo_stats *stats);
MUST_USE bool demo_rows_bills(
    struct call *call, const struct demo_world *world, struct plan *plan, struct demo_stats *stats);

#endif

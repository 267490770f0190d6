/*
 * Demo rows: writes a plan, the made-up year of a warehouse (demo/plan.h), into the tables.
 *
 * A plan is a stream of events, not stored anywhere. It is the same each time it is played, so it
 * is played once for each table, and the rows are written with COPY while it runs. `call` is the
 * unit of work in hand: it has the database transaction and, after a failure, the fault.
 */
#ifndef DEMO_DEMO_ROWS_H
#define DEMO_DEMO_ROWS_H

#include "demo/demo.h"
#include "demo/plan.h"

/* How many dispatchers, people who pack bags, the demo data has. */
#define DEMO_DISPATCHERS 40

/* How many billers, people who put parent bags on bills, the demo data has. */
#define DEMO_BILLERS 8

/* A user to whom rows refer. */
struct demo_person {
    int64_t id, area_id; /* ids of rows; area_id 0: no area of the warehouse */
};

/* A family, a kind of parent bag, to which rows refer. */
struct demo_family {
    int64_t id, capacity, child_weight_g; /* capacity in children (counted family: unused) */
};

/* All that the rows refer to, read from the database before they are written. */
struct demo_world {
    int64_t org_id; /* the organisation that gets the data */
    struct demo_person dispatchers[DEMO_DISPATCHERS], billers[DEMO_BILLERS];
    struct demo_family families[PLAN_FAMILIES]; /* by enum plan_family */
    struct plan_settings settings; /* of the plan that is played */
};

/* Play the plan and write the rows of the table `bag`. `plan` is memory for it, whose contents are
 * overwritten. Adds to the counts of bags in *stats. Runs in the transaction of `call`; the faults
 * are those of a failed COPY: FAULT_DATABASE if the connection is lost. */
MUST_USE bool demo_rows_write_bags(
    struct call *call, const struct demo_world *world, struct plan *plan, struct demo_stats *stats);

/* Play the plan of the made-up year and write its scans, rows of the table `scan`. `world` is the
 * made-up warehouse: its people and families by row id. `plan` is memory for it, whose
 * contents are overwritten. Adds to stats->scans. Runs in the transaction of `call`; the faults are
 * those of a failed COPY: FAULT_DATABASE if the connection is lost. */
MUST_USE bool demo_rows_write_scans(
    struct call *call, const struct demo_world *world, struct plan *plan, struct demo_stats *stats);

/* Play the plan and write the rows of the table `bill`. `plan` is memory for it, whose contents are
 * overwritten. Adds to the counts of bills in *stats. Runs in the transaction of `call`; the faults
 * are those of a failed COPY: FAULT_DATABASE if the connection is lost. */
MUST_USE bool demo_rows_write_bills(
    struct call *call, const struct demo_world *world, struct plan *plan, struct demo_stats *stats);

#endif

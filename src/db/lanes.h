/*
 * Lanes: several lanes for the same work, so that one commits while another works.
 *
 * The pushing code chooses the lane by a hash: items with the same hash go through one lane and
 * keep their order.
 */
#ifndef DB_LANES_H
#define DB_LANES_H

#include "db/lane.h"

#define LANES_MAX 16

/* How many lanes, and the bounds of each. */
struct lanes_settings {
    int count; /* 1 to LANES_MAX */
    size_t batch_max;
    size_t queue_max; /* of each lane */
};

/* Lanes for one kind of work. */
struct lanes {
    struct lane *each[LANES_MAX];
    unsigned count;
};

/*
 * Start the lanes. `name` "link" names them "link-0", "link-1" and so on; for the rest see lane.h.
 */
void lanes_start(struct lanes *lanes, const char *name, const struct lanes_settings *settings,
    lane_run_fn *run, lane_done_fn *done, const char *conninfo);

/* A hash of the text to choose a lane by. */
uint64_t lanes_hash(const char *key);

/*
 * Push an item to the lane of `hash`. False if that is full; then the item still belongs to the
 * caller.
 */
MUST_USE bool lanes_push(struct lanes *lanes, uint64_t hash, struct lane_item *item);

/* Finish the waiting items, and stop. */
void lanes_stop(struct lanes *lanes);

#endif

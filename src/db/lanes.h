/*
 * Lanes: several lanes for the same work, so that one works while another waits for its commit.
 *
 * A lane (db/lane.h) is a thread with a queue and a database session, which processes the waiting
 * items (requests) as batches, each in one transaction. The code that pushes an item gives a hash:
 * items with the same hash go through one lane and keep their order.
 */
#ifndef DB_LANES_H
#define DB_LANES_H

#include "db/lane.h"

/* The most lanes that a struct lanes can have. */
#define LANES_MAX 16

/* The number of lanes, and the limits of each. */
struct lanes_settings {
    int count; /* 1 to LANES_MAX */
    size_t batch_max; /* the most items of a batch */
    size_t queue_max; /* the most items that wait in one lane's queue */
};

/* The running lanes of one kind of work; filled by lanes_start(). */
struct lanes {
    struct lane *each[LANES_MAX]; /* the first `count` are used */
    unsigned count;
};

/* Start settings->count lanes into *lanes, named "link-0", "link-1"... if `name` is "link". `run`
 * processes a batch, `done` is called for each finished item. Each lane has a database session to
 * `conninfo` (a libpq connection string, copied), or none if that is NULL. */
void lanes_start(struct lanes *lanes, const char *name, const struct lanes_settings *settings,
    lane_run_fn *run, lane_done_fn *done, const char *conninfo);

/* A hash of a text, such as a bag's code, to choose a lane by in lanes_push(). */
uint64_t lanes_hash(const char *key);

/* Append an item to the queue of the lane that `hash` selects. Returns false, without a fault, if
 * it is full or stopping; else the item must stay valid until `done` is called for it. */
MUST_USE bool lanes_push(struct lanes *lanes, uint64_t hash, struct lane_item *item);

/* Process the items that wait in all lanes, then stop and free the lanes. */
void lanes_stop(struct lanes *lanes);

#endif

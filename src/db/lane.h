/*
 * Lane: requests that wait become one batch, one commit.
 *
 * A lane is one thread with one database session. While its batch is on the way, new items gather
 * in its queue. Then it takes the waiting items of the first one's organisation, oldest first and
 * at most `batch_max`, and runs them as one batch. An idle lane starts at once: there is no timer.
 *
 * What happens to a batch that fails:
 *   FAULT_AGAIN, FAULT_CONFLICT   run again, as it stands, LANE_TRIES times; then split
 *   FAULT_DATABASE                connect anew and run again, until the oldest item has waited for
 *                                 LANE_PATIENCE_MS: an item whose COMMIT got lost is found by its
 *                                 id, so it is not done twice
 *   FAULT_TOO_SLOW                fails as a whole: each half would be as slow, one after the other
 *   anything else                 split in half, down to the poisoned item, which alone fails
 *
 * The queue is bounded: lane_push() returns false at once if it is full. Every pushed item is
 * finished exactly once, even at shut-down.
 */
#ifndef DB_LANE_H
#define DB_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/call.h"

#define LANE_TRIES 8
#define LANE_PATIENCE_MS 5000

/* The head of whatever is pushed: a lane knows nothing else of it. */
struct lane_item {
    struct lane_item *next;
    int64_t org_id;
    struct arena
        *arena; /* the pusher's, used by nobody else meanwhile: a fault's words are kept there */
    struct fault fault; /* FAULT_NONE if the batch went well */
    int64_t queued_us; /* when it was pushed, by clock_us() */
};

/*
 * Process the items and store each one's answer in it. False with the fault recorded if the batch
 * as a whole has to be rolled back. May be called several times for one item. Called on the lane's
 * thread. call->db is the lane's session, call->org_id the organisation of all items, and
 * call->arena ends when all of them are finished.
 */
typedef bool lane_run_fn(struct call *call, struct lane_item **items, size_t count);

/*
 * The item is finished; item->fault has the result. Called on the lane's thread and must not block.
 * The lane does not touch the item afterwards.
 */
typedef void lane_done_fn(struct lane_item *item);

/* What a lane is called, its bounds, and what it calls: `run` for each batch, `done` for each
 * item. */
struct lane_spec {
    const char *name; /* "link-0", copied: thread name, application_name, metric label */
    size_t batch_max;
    size_t queue_max;
    lane_run_fn *run;
    lane_done_fn *done;
};

struct lane;

/*
 * Starts the thread. `conninfo` as for db_open(); if it is NULL, the run function has no session.
 */
struct lane *lane_start(const struct lane_spec *spec, const char *conninfo);

/* False if the queue is full or the lane is stopping; then the item still belongs to the caller. */
MUST_USE bool lane_push(struct lane *lane, struct lane_item *item);

/* Finish the waiting items, stop the thread, free the lane. */
void lane_stop(struct lane *lane);

/* What a lane has done since its start; `waiting` is the length of its queue now. */
struct lane_stats {
    uint64_t batches, items, retries, splits;
    size_t waiting;
};

/* The counts since the start. */
struct lane_stats lane_stats(struct lane *lane);

#endif

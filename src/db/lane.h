/*
 * Lane: a queue with a thread that processes what waits as batches, each in one transaction.
 *
 * It saves commits and round trips: while a batch runs, new items (requests) gather in the queue;
 * then the lane takes the waiting items of the first one's organisation (tenant), oldest first and
 * `batch_max` at most, as the next batch. An idle lane starts at once: there is no timer. The queue
 * is limited. Each item that was pushed is finished exactly once, even at shut-down.
 *
 * What happens to a batch that fails, by its fault (base/call.h):
 *   FAULT_AGAIN, FAULT_CONFLICT   is run again, LANE_TRIES times in all; then it is split
 *   FAULT_DATABASE                connects anew and runs again, until LANE_PATIENCE_MS. Items need
 *                                 ids, so that those whose COMMIT got lost aren't done twice
 *   FAULT_TOO_SLOW                fails as a whole: the halves would be as slow
 *   anything else                 is split in half, and so on, until the bad item fails alone
 */
#ifndef DB_LANE_H
#define DB_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/call.h"

/* How often a batch is run at most while it fails with FAULT_AGAIN or FAULT_CONFLICT. */
#define LANE_TRIES 8

/* How long, since its oldest item was pushed, a batch is tried again when the database is lost. */
#define LANE_PATIENCE_MS 5000

/* An item of a lane's queue; the first member of the caller's own struct, of which the lane uses
 * nothing else. The caller sets org_id and arena, the lane the rest. */
struct lane_item {
    struct lane_item *next; /* in the queue */
    int64_t org_id; /* the organisation (tenant) that it belongs to */
    struct arena *arena; /* for the text of `fault`; nobody else may use it until it is finished */
    struct fault fault; /* the result: code FAULT_NONE if it succeeded */
    int64_t queued_us; /* when it was pushed, in microseconds of clock_us() */
    int64_t waited_us; /* how long it was in the queue */
    int64_t db_us; /* how long its batch has waited for PostgreSQL */
};

/* The type of the function that processes a batch, on the lane's thread, and stores each item's
 * answer in it; it may run several times for one item. Returns false with a fault if the whole
 * batch has to be rolled back. `call` is the batch's unit of work: it has the lane's session, the
 * items' organisation, and memory that is freed before each run and after `done` of all items. */
typedef bool lane_run_fn(struct call *call, struct lane_item **items, size_t count);

/* The type of the function that is called on the lane's thread when an item is finished:
 * item->fault has the result. It must not block. The lane does not use the item afterwards. */
typedef void lane_done_fn(struct lane_item *item);

/* The settings of a lane. */
struct lane_spec {
    const char *name; /* such as "link-0"; for the thread, pg_stat_activity and the log */
    size_t batch_max; /* the most items of a batch */
    size_t queue_max; /* the most items that wait */
    lane_run_fn *run; /* processes a batch */
    lane_done_fn *done; /* is called for each finished item */
};

/* A running lane, made by lane_start(). */
struct lane;

/* Start a lane's thread. `spec` is copied. Its session connects to `conninfo` (a libpq connection
 * string, copied); if that is NULL, the lane has no session. Never NULL; free it by lane_stop(). */
struct lane *lane_start(const struct lane_spec *spec, const char *conninfo);

/* Append an item to the lane's queue. Returns false, without a fault, if the queue is full or the
 * lane is stopping; else the item must stay valid until `done` is called for it. */
MUST_USE bool lane_push(struct lane *lane, struct lane_item *item);

/* Process the items that wait, stop the thread, wait for its end, and free the lane. */
void lane_stop(struct lane *lane);

/* The counters of a lane since its start, for metrics. */
struct lane_stats {
    /* Batches and items taken from the queue; batches that were run again, or split in half. */
    uint64_t batches, items, retries, splits;
    size_t waiting; /* items in the queue now */
};

/* Read the lane's counters; may be called on any thread. */
struct lane_stats lane_stats(struct lane *lane);

#endif

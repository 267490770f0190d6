/*
 * Batch: a route whose requests, while they wait, become one batch of a lane.
 *
 * Such a route is a constant of three functions: `read` makes records of a request, `work` -- its
 * kind's, which several routes may share -- decides many records at once on a lane's thread, and
 * `answer` words what came of it. All that is the same for each stands here: lanes, waiting,
 * faults, and what is said when a lane is full.
 */
#ifndef HTTP_BATCH_H
#define HTTP_BATCH_H

#include <stdatomic.h>

#include "config/config.h"
#include "http/route.h"

struct batch_kind {
    const char *name; /* of its lanes: "link" */
    size_t size; /* of a record */
    size_t batch_max; /* records of one batch; 0: lane_batch_max of the settings */
    size_t waiting_max; /* records that may wait in all its lanes; 0: queue_max in each */
    int retry_seconds; /* what to tell who finds its lanes full; 0: as for any other route */
    int (*lanes)(const struct config *config); /* how many */

    /*
     * Called on a lane's thread, perhaps several times for one record: see lane_run_fn. What the
     * answer needs is kept in the arena of the record's request, which nobody else uses meanwhile.
     */
    bool (*work)(struct call *call, void *const *records, size_t count);
};

struct batch_route {
    const struct batch_kind *kind; /* NULL: nothing to wait for, `answer` is all */

    /* False with a fault if the request is bad. */
    bool (*read)(struct call *call, const struct request *request, struct batch *batch);
    bool (*answer)(struct call *call, const struct batch *batch, struct reply *reply);

    /* `answer` tells of each record whether it went well; else a fault is the request's answer. */
    bool each;
};

/* A request's records. */
struct batch {
    size_t count;
    const void *state; /* the route's own, in the call's arena */
    const char *key; /* records with the same go through one lane and keep their order; NULL: any */

    /* This file's own. */
    struct batch_item *items;
    int expected;
    atomic_int waiting;
    void (*settled)(struct batch *batch); /* set by the server; called on the last one's thread */
};

/* In `read`: that many records of the kind's size, zeroed, one behind the other. */
void *batch_records(
    struct call *call, struct batch *batch, const struct batch_kind *kind, size_t count);

/* In `read`: this one is answered without being worked on. */
void batch_skip(struct batch *batch, size_t i);

/* In `answer`: a record, and why it failed (FAULT_NONE if it didn't). */
const void *batch_record(const struct batch *batch, size_t i);
enum fault_code batch_fault(const struct batch *batch, size_t i);

/* Start the lanes of all kinds in the route table; each has a database session of its own. */
void batches_start(const struct config *config, const char *conninfo);
void batches_stop(void);

/*
 * For the server: read the request and push its records. batch->expected is 0 when there is nothing
 * to wait for; else `settled` is called once all of them are finished, perhaps before this returns.
 */
MUST_USE bool batch_begin(struct call *call, const struct request *request, struct batch *batch);

/* For the server, after that: write the answer. */
MUST_USE bool batch_end(
    struct call *call, const struct request *request, struct batch *batch, struct reply *reply);

#endif

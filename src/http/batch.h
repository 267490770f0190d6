/*
 * Batch: a way to answer busy routes, by doing the database work of many requests at once.
 *
 * A route is a row of the table of URLs (http/route.h). The work of a request is described by
 * records, structs of the kind's own type with input and result. The http thread lets the route's
 * `read` make the records of a request and pushes them to lanes. A lane is a thread with a queue
 * and a database session; it passes the waiting records of one organisation to the kind's `work`,
 * as one batch in one transaction. When all records of the request are finished, the http thread
 * lets the route's `answer` write the reply.
 *
 * A call is one unit of work, such as a request, with its memory (call->arena) and, after a
 * failure, its fault: the reason, such as FAULT_OVERLOADED, which becomes the HTTP status.
 */
#ifndef HTTP_BATCH_H
#define HTTP_BATCH_H

#include <stdatomic.h>

#include "config/config.h"
#include "http/route.h"

/* A kind of batch: the function that works on the records, and the lanes (threads with a queue)
 * that call it. Several routes may share one kind. A constant. */
struct batch_kind {
    const char *name; /* of its lanes, such as "link"; for thread names, logs and metrics */
    size_t size; /* of one record, in bytes */
    size_t batch_max; /* most records of one batch; 0: the setting lane_batch_max */
    size_t waiting_max; /* most records in the queues of all its lanes; 0: queue_max in each */
    int retry_seconds; /* Retry-After of the 503 when its lanes are full; 0: the default, 1 s */
    int (*lanes)(const struct config *config); /* returns the number of lanes to start */

    /* Processes `count` records of one organisation on a lane's thread and stores the results in
     * them. Returns false with a fault to have the batch rolled back; may then be called again for
     * the same records (see db/lane.h). Results live in the arena of the record's request. */
    bool (*work)(struct call *call, void *const *records, size_t count);
};

/* A route whose requests are answered in batches: its kind and its two functions. A constant. */
struct batch_route {
    const struct batch_kind *kind; /* NULL: no records; only `answer` is called */

    /* Makes the records of the request by batch_records(); false with a fault if the request is
     * invalid. NULL: no records. `answer` writes the reply when they are finished. */
    bool (*read)(struct call *call, const struct request *request, struct batch *batch);
    bool (*answer)(struct call *call, const struct batch *batch, struct reply *reply);

    /* True: `answer` reports the fault of each record. False: a request has at most one record,
     * and if that fails, its fault is the answer to the request. */
    bool each;
};

/* The records of one request, and how many of them are not finished yet. */
struct batch {
    size_t count; /* records */
    const void *state; /* data that `read` passes to `answer`, in call->arena; NULL: none */
    const char *key; /* set by `read`: records with equal keys use one lane and keep their order;
                        NULL: any lane */

    /* Used by batch.c and the server alone. */
    struct batch_item *items; /* one per record: its queue entry and its fault */
    int expected; /* records that were not skipped */
    atomic_int waiting; /* of these, the ones that are not finished */
    void (*settled)(struct batch *batch); /* set by the server; called on any thread when the last
                                             record is finished, or its lane is full */
};

/* Create the request's records. Returns a zeroed array of `count` structs of kind->size bytes, in
 * call->arena. Called by a route's `read`, which then fills the records in. */
void *batch_records(
    struct call *call, struct batch *batch, const struct batch_kind *kind, size_t count);

/* Exclude the record with index `i` from the work, because its answer is known already. Called by a
 * route's `read`. */
void batch_skip(struct batch *batch, size_t i);

/* Returns the record with index `i`, with the result that `work` has stored in it. Called by a
 * route's `answer`. It lives in the arena of the request's call. */
const void *batch_record(const struct batch *batch, size_t i);

/* Returns why the record with index `i` failed; FAULT_NONE if it did not. Called by a route's
 * `answer`. */
enum fault_code batch_fault(const struct batch *batch, size_t i);

/* Set *queue_us and *db_us to how many microseconds the request's records have waited in their
 * lanes' queues and for PostgreSQL: each the most of any record, as lanes work side by side. */
void batch_times(const struct batch *batch, int64_t *queue_us, int64_t *db_us);

/* Start the lanes (threads) of all kinds that the route table uses. Each opens a database session
 * with the libpq connection string `conninfo`, which is copied. */
void batches_start(const struct config *config, const char *conninfo);

/* Finish all records that wait in the lanes, then stop the lanes (threads). */
void batches_stop(void);

/* Call the route's `read`, and push the request's records to the lanes. Afterwards batch->expected
 * is the number of records to wait for; unless it is 0, batch->settled is called when all are
 * finished, perhaps before this returns. Fails with the fault of the route's `read`, or
 * FAULT_OVERLOADED if the lanes are full and the route does not report each record. */
MUST_USE bool batch_begin(struct call *call, const struct request *request, struct batch *batch);

/* Call the route's `answer` to write the reply, once all records are finished. If the route does
 * not report each record, and its record has failed, returns false with that record's fault. */
MUST_USE bool batch_end(
    struct call *call, const struct request *request, struct batch *batch, struct reply *reply);

#endif

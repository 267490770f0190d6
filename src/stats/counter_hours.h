/*
 * Counter hours: what one batch adds to the figures of each hour, and the totals with them.
 */
#ifndef STATS_COUNTER_HOURS_H
#define STATS_COUNTER_HOURS_H

#include "db/db_pipeline.h"
#include "stats/counter.h"

/* By the quarters of an hour in which something happened; NO_I64 is now. */
struct counter_hours {
    int64_t *ats, *scans, *linked, *parents, *bills;
    size_t count;
};

/* None yet, with room for the scans of one batch. */
struct counter_hours counter_hours_new(struct call *call, size_t scans);

/* A scan belongs to the hour in which it was made, which the device has said (or NO_I64). */
void counter_hours_add_scan(struct counter_hours *hours, int64_t at_us, bool linked);

/* Parents and bills are completed now. */
void counter_hours_add_completed(struct counter_hours *hours, int64_t parents, int64_t bills);

/* Add the statements that write both to the pipeline: the last ones before the COMMIT, because
 * everybody writes to these rows (counter.sql). */
void counter_write(struct call *call, struct db_pipeline *pipeline, struct counter_change change,
    const struct counter_hours *hours);

#endif

/*
 * Counter hours: what one transaction adds to an organisation's hourly figures, and the writing of
 * these and of the totals (stats/counter.h).
 *
 * The figures are collected by quarters of an hour, because hours begin at different quarters in
 * different time zones; the database adds them up to hours of the organisation's time zone. A
 * parent is a large bag that holds child bags, a bill a dispatch document that parents are put on.
 */
#ifndef STATS_COUNTER_HOURS_H
#define STATS_COUNTER_HOURS_H

#include "db/db_pipeline.h"
#include "stats/counter.h"

/* What is added, as arrays with one element for each quarter of an hour; in call->arena. */
struct counter_hours {
    /* When the quarter begins, microseconds since 1970, NO_I64 for now; scans; scans that put a
     * child into a parent; parents completed; bills completed. */
    int64_t *ats, *scans, *linked, *parents, *bills;
    size_t count; /* elements in use */
};

/* An empty set of figures, with room for this many scans, in call->arena. */
struct counter_hours counter_hours_new(struct call *call, size_t scans);

/* Count one scan in the quarter of an hour in which it was made: `at_us` is the device's time in
 * microseconds since 1970, NO_I64 for now. `linked`: it put a child into a parent. */
void counter_hours_add_scan(struct counter_hours *hours, int64_t at_us, bool linked);

/* Count parents and bills that are completed now. */
void counter_hours_add_completed(struct counter_hours *hours, int64_t parents, int64_t bills);

/* Add the SQL statements that write the totals and the hourly figures to the pipeline. Call it
 * last, just before the COMMIT: other transactions wait for these rows until then. */
void counter_write(struct call *call, struct db_pipeline *pipeline, struct counter_change change,
    const struct counter_hours *hours);

#endif

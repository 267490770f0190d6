/*
 * Metric: counts what the program does, for /metrics.
 *
 * Every series is a row of metric.def and a range of cells in one array: one cell for each value of
 * its labels, or a histogram's 13. Where a cell is, the compiler computes: to count is one relaxed
 * atomic addition, without lock or look-up, so that http threads, workers and lanes can do it for
 * each request. The cells of METRIC_SECONDS have microseconds.
 */
#ifndef METRIC_METRIC_H
#define METRIC_METRIC_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* The upper bounds of a histogram's buckets: a number of things, or milliseconds. */
#define METRIC_BOUNDS 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000

/* The number of METRIC_BOUNDS. */
#define METRIC_BOUNDS_COUNT 11

/* The labels, such as LABEL_ROUTE: one for each row LABEL of metric.def. */
enum metric_label {
#define LABEL(label, name, most, sparse) LABEL_##label,
#define METRIC(metric, name, kind, first, second, unit, about)
#include "metric/metric.def"
#undef LABEL
#undef METRIC
    LABEL_COUNT /* how many there are */
};

/* How many values each label can have, such as LABEL_ROUTE_MAX. */
enum metric_label_size {
#define LABEL(label, name, most, sparse) LABEL_##label##_MAX = (most),
#define METRIC(metric, name, kind, first, second, unit, about)
#include "metric/metric.def"
#undef LABEL
#undef METRIC
};

/* How many cells each kind of series has for one value of its labels. A histogram has its buckets,
 * one more for what is larger, and the sum. */
enum metric_width {
    METRIC_COUNTER_WIDTH = 1,
    METRIC_GAUGE_WIDTH = 1,
    METRIC_HISTOGRAM_WIDTH = METRIC_BOUNDS_COUNT + 2,
};

/* The first cell of each series, such as METRIC_REQUESTS. Of a series with one label the cell is
 * METRIC_<NAME> + value, or value * METRIC_HISTOGRAM_WIDTH; see metric_at() for two labels. */
enum metric_place {
/* clang-format off */
#define LABEL(label, name, most, sparse)
#define METRIC(metric, name, kind, first, second, unit, about) METRIC_##metric, METRIC_##metric##_LAST = \
    METRIC_##metric + LABEL_##first##_MAX * LABEL_##second##_MAX * METRIC_##kind##_WIDTH - 1,
#include "metric/metric.def"
#undef LABEL
#undef METRIC
    /* clang-format on */
    METRIC_PLACES /* how many cells there are */
};

/* The value of a gauge that is not known now, such as PostgreSQL's while it is away: /metrics
 * leaves it out. */
#define METRIC_UNKNOWN INT64_MIN

/* All cells; used by the functions below. */
extern _Atomic int64_t metric_cells[METRIC_PLACES];

/* The cell of a counter or gauge with two labels, the second of which can have `second_max`
 * values. */
static inline unsigned metric_at(
    enum metric_place place, unsigned first, unsigned second, unsigned second_max)
{
    return (unsigned)place + first * second_max + second;
}

/* Add to a cell, such as metric_add(METRIC_CONNECTIONS, 1); `place` is computed from enum
 * metric_place. `by` is negative when a gauge falls. */
static inline void metric_add(unsigned place, int64_t by)
{
    atomic_fetch_add_explicit(&metric_cells[place], by, memory_order_relaxed);
}

/* Set a cell: of a gauge, or of a counter that somebody else counts. */
static inline void metric_set(unsigned place, int64_t value)
{
    atomic_store_explicit(&metric_cells[place], value, memory_order_relaxed);
}

/* The value of a cell. */
static inline int64_t metric_value(unsigned place)
{
    return atomic_load_explicit(&metric_cells[place], memory_order_relaxed);
}

/* Count a number of things in the histogram that begins at this cell. */
void metric_observe(unsigned place, int64_t value);

/* Count a duration in microseconds in the histogram that begins at this cell. */
void metric_observe_us(unsigned place, int64_t us);

/* Give a label's value number `value` its name in /metrics, which is copied; bytes that can't stand
 * there become "_". Values without a name are left out. */
void metric_name(enum metric_label label, unsigned value, const char *name);

/* The value of a label that has this name, and from now on if none had. A number at its end, as in
 * "link-3", is no part of the name. If the label can have no more values, it is 0, "other". For
 * starts, not for requests: it takes a lock. */
unsigned metric_find(enum metric_label label, const char *name);

/* The name of a label's value, a static text; "" if it has none. */
const char *metric_label_value(enum metric_label label, unsigned value);

#endif

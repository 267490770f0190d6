/*
 * Counter: the stored totals of an organisation (bags, scans, bills), and how they are changed.
 *
 * The totals are updated in the transactions that change the facts. So that these don't all wait
 * for one row, each total is the sum of up to 64 rows, the slots: every thread that writes adds to
 * a slot of its own. Threads beyond 64, or of several servers, may share a slot and then wait
 * for each other's commit, which is slow but correct. A parent is a large bag that holds child
 * bags; a bill is a dispatch document that parents are put on.
 */
#ifndef STATS_COUNTER_H
#define STATS_COUNTER_H

#include <stdint.h>

/* How many slots each total has. The schema checks that counter.slot is less. */
#define COUNTER_SLOTS 64

struct call;

/* The slot to which the calling thread adds, 0 to COUNTER_SLOTS - 1. It is always the same for a
 * thread. `call` is not used. */
int counter_slot(const struct call *call);

/* By how much one transaction changes each total; may be negative. */
struct counter_change {
    int64_t parents, children; /* bags that exist */
    int64_t linked; /* children that are in a parent */
    int64_t in_progress, completed; /* parents with this status; the others are empty */
    int64_t scans; /* scans in the history */
    int64_t bills, bills_done; /* bills that exist; bills that are completed */
};

/* The SQL statement (struct db_statement) that adds a struct counter_change to the calling thread's
 * slot, for db_run() or db_pipeline_add(). `change` is the struct itself, not a pointer, and is
 * evaluated several times. Needs the generated stats/counter.sql.h. */
#define COUNTER_CHANGE(call, change)                                                               \
    COUNTER_ADD(.slot = counter_slot(call), .parents = (change).parents,                           \
        .children = (change).children, .linked = (change).linked,                                  \
        .in_progress = (change).in_progress, .completed = (change).completed,                      \
        .scans = (change).scans, .bills = (change).bills, .bills_done = (change).bills_done)

#endif

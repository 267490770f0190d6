/*
 * Counter: which slot of the totals a session writes to.
 *
 * Each total is split into slots so that no single row is changed by everybody. Every thread that
 * writes has one session and keeps one slot for ever, so two threads of a server never meet; two
 * servers may, and then wait for each other's commit, which is slow but correct.
 */
#ifndef STATS_COUNTER_H
#define STATS_COUNTER_H

#include <stdint.h>

#define COUNTER_SLOTS 64 /* counter.slot is CHECKed to be below */

struct call;

/* The calling thread's slot, 0 to COUNTER_SLOTS - 1. */
int counter_slot(const struct call *call);

/* By how much each total changes. */
struct counter_change {
    int64_t parents, children; /* bags */
    int64_t linked; /* children in a parent */
    int64_t in_progress, completed; /* parents */
    int64_t scans;
    int64_t bills, bills_done;
};

/* COUNTER_ADD() of a struct counter_change; counter.sql.h has to be included. */
#define COUNTER_CHANGE(call, change)                                                               \
    COUNTER_ADD(.slot = counter_slot(call), .parents = (change).parents,                           \
        .children = (change).children, .linked = (change).linked,                                  \
        .in_progress = (change).in_progress, .completed = (change).completed,                      \
        .scans = (change).scans, .bills = (change).bills, .bills_done = (change).bills_done)

#endif

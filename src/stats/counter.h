/*
 * Counter: which slot of the totals a session writes to.
 *
 * Each total is split into slots so that no single row is changed by everybody. Every thread that
 * writes has one session and keeps one slot for ever, so two threads of a server never meet; two
 * servers may, and then wait for each other's commit, which is slow but correct.
 */
#ifndef STATS_COUNTER_H
#define STATS_COUNTER_H

#define COUNTER_SLOTS 64 /* counter.slot is CHECKed to be below */

struct call;

/* The calling thread's slot, 0 to COUNTER_SLOTS - 1. */
int counter_slot(const struct call *call);

#endif

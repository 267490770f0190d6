/*
 * Counter: which slot of the totals a session writes to.
 *
 * Totals are kept in slots so that no row is hot. Every thread that writes has one session and
 * takes one slot for its life, so two of a server never meet; two servers may, and then wait for
 * each other's commit, which is slow but right.
 */
#ifndef STATS_COUNTER_H
#define STATS_COUNTER_H

#define COUNTER_SLOTS 64 /* counter.slot is CHECKed to be below */

struct call;

/* 0 .. COUNTER_SLOTS - 1: the calling thread's slot. */
int counter_slot(const struct call *call);

#endif

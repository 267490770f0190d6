/*
 * Hash slots: limit how many passwords are hashed at the same time.
 *
 * A slot is the permission to hash one password, which takes a core for a twentieth of a second and
 * 32 MiB. There are half as many slots as cores; threads wait for one in the order in which they
 * came. Workers, the threads that serve most requests, may wait only up to a bound and fail beyond
 * it, so that at least half of them stay free for scanning. The sign-in lanes, threads that do
 * nothing else, wait as long as it takes.
 *
 * A call is the unit of work in hand, such as a request; it records the fault after a failure.
 */
#ifndef AUTH_HASH_SLOTS_H
#define AUTH_HASH_SLOTS_H

#include "base/call.h"

/* What a thread does if no hash slot is free. */
enum hash_slot {
    HASH_SLOT_OR_FAIL, /* wait, but FAULT_OVERLOADED if too many wait already; for workers */
    HASH_SLOT_WAIT, /* wait as long as it takes; for threads that do nothing else */
};

/* Set the bounds at start: `at_once` threads may hash at the same time; at most `workers_max`
 * workers (callers with HASH_SLOT_OR_FAIL) may hash or wait. Both are 1 until this is called. */
void hash_slots_set(int at_once, int workers_max);

/* Wait for a slot, in which one password may be hashed; release it by hash_slot_release(). With
 * HASH_SLOT_WAIT it waits as long as it takes and never fails. With HASH_SLOT_OR_FAIL it fails at
 * once, with FAULT_OVERLOADED, if as many workers as hash_slots_set() allows are already hashing or
 * waiting. */
MUST_USE bool hash_slot_take(struct call *call, enum hash_slot slot);

/* Give back the slot that hash_slot_take() has given; `slot` is the same value as there. */
void hash_slot_release(enum hash_slot slot);

#endif

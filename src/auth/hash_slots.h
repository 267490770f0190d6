/*
 * Hash slots: how many passwords are hashed at the same time.
 *
 * Hashing one takes a core for a twentieth of a second and 32 MiB. So at most half the cores do it
 * at once; the others queue in the order in which they came. Workers, which serve everybody, may
 * only queue up to a bound and fail beyond it, so that at least half of them stay free for
 * scanning. The sign-in lanes have nothing else to do and wait as long as it takes.
 */
#ifndef AUTH_HASH_SLOTS_H
#define AUTH_HASH_SLOTS_H

#include "base/call.h"

enum hash_slot {
    HASH_SLOT_OR_FAIL, /* for workers: FAULT_OVERLOADED if too many workers wait already */
    HASH_SLOT_WAIT, /* for threads that do nothing else */
};

/*
 * `at_once` threads may hash together; at most `workers_max` workers may hash or wait. Both are 1
 * until this is called.
 */
void hash_slots_set(int at_once, int workers_max);

/*
 * Wait for a slot, in which one password may be hashed, and give it back afterwards.
 * FAULT_OVERLOADED for HASH_SLOT_OR_FAIL alone.
 */
MUST_USE bool hash_slot_take(struct call *call, enum hash_slot slot);
void hash_slot_release(enum hash_slot slot);

#endif

/*
 * Turn: costly work is done one after another, however many ask for it.
 *
 * Hashing a password takes a core for a twentieth of a second and 32 MiB. So at most half the cores
 * do it at once, first come, first served. Threads that serve everybody (the workers) may only
 * queue up to a bound, and are told to come back beyond it: at least half of them stay free for
 * scanning. Threads that have nothing else to do (the sign-in lanes) wait.
 */
#ifndef AUTH_HASH_SLOTS_H
#define AUTH_HASH_SLOTS_H

#include "base/call.h"

enum hash_slot {
    HASH_SLOT_OR_FAIL, /* a worker: FAULT_OVERLOADED when others wait already */
    HASH_SLOT_WAIT, /* a thread of one's own */
};

/*
 * `at_once` have their turn together; at most `workers_max` workers have it or wait for it. Until
 * this is called each is 1.
 */
void hash_slots_set(int at_once, int workers_max);

/* Every hash_slot_take() that said true is followed by a hash_slot_release() of the same kind. */
MUST_USE bool hash_slot_take(struct call *call, enum hash_slot slot);
void hash_slot_release(enum hash_slot slot);

#endif

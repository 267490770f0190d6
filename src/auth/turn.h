/*
 * Turn: costly work is done one after another, however many ask for it.
 *
 * Hashing a password takes a core for a twentieth of a second and 32 MiB. So at most half the cores
 * do it at once, first come, first served. Threads that serve everybody (the workers) may only
 * queue up to a bound, and are told to come back beyond it: at least half of them stay free for
 * scanning. Threads that have nothing else to do (the sign-in lanes) wait.
 */
#ifndef AUTH_TURN_H
#define AUTH_TURN_H

#include "base/call.h"

enum turn {
    TURN_OR_FAIL, /* a worker: FAULT_OVERLOADED when others wait already */
    TURN_WAIT, /* a thread of one's own */
};

/*
 * `at_once` have their turn together; at most `workers_max` workers have it or wait for it. Until
 * this is called each is 1.
 */
void turn_open(int at_once, int workers_max);

/* Every turn_begin() that said true is followed by a turn_end() of the same kind. */
MUST_USE bool turn_begin(struct call *call, enum turn turn);
void turn_end(enum turn turn);

#endif

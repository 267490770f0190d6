/*
 * Limit: how often anything that guards an account may be tried. limit.def has the table.
 *
 * Tries are counted in PostgreSQL, so a limit is the same for any number of servers and survives a
 * restart. It is exact: no stretch of time as long as the limit's holds more tries than the limit
 * allows. A try stays counted when the call fails, see limit_take(); otherwise guesses that end in
 * a refusal, and so in a rollback, would cost nothing.
 *
 * Signing in is tried by many people who share an address. There only failures count for the
 * address, and signing in successfully takes one's own failures back, so that a warehouse full of
 * phones behind one address does not lock itself out.
 */
#ifndef AUTH_LIMIT_H
#define AUTH_LIMIT_H

#include "base/call.h"

enum limit {
#define RATE(rate, name, every_us, burst, text)
#define LIMIT(limit, name, most, seconds, whose, text) limit,
#include "auth/limit.def"
#undef RATE
#undef LIMIT
    LIMIT_COUNT
};

/* Keys: whose tries are counted. An IPv6 address stands for its 64-bit network. */
const char *limit_key_address(struct call *call);
const char *limit_key_user(struct call *call, int64_t user_id);
const char *limit_key_name(
    struct call *call, const char *name); /* as typed: a user name or an e-mail address */

/*
 * One more try by `who`. FAULT_TOO_OFTEN with the seconds to wait. Inside a transaction it commits
 * what was done so far, so it is called before anything is done.
 */
MUST_USE bool limit_take(struct call *call, enum limit limit, const char *who);

/* Check that a try is left, without taking it. FAULT_TOO_OFTEN. */
MUST_USE bool limit_check(struct call *call, enum limit limit, const char *who);

/* Count a try even if none is left. */
MUST_USE bool limit_record(struct call *call, enum limit limit, const char *who);

/* Forget all tries; *count is how many of them were still counted. */
MUST_USE bool limit_reset(struct call *call, enum limit limit, const char *who, int64_t *count);

/* Stop counting the latest `count` tries. */
MUST_USE bool limit_give_back(struct call *call, enum limit limit, const char *who, int64_t count);

#endif

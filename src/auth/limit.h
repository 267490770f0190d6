/*
 * Limit: how often the doors that guard accounts may be tried. The table is limit.def.
 *
 * Counted in PostgreSQL, so a limit is the same however many servers there are, and a restart
 * forgets nothing. Exact: in no stretch of the limit's time are there more tries than it allows. A
 * try stays counted whatever becomes of the call (see limit_take()), or guesses that end in a
 * refusal, which is rolled back, would cost nothing.
 *
 * What is tried by people who share an address (signing in) counts only its failures for the
 * address, and whoever gets in after all takes his back: a warehouse full of phones behind one
 * address does not lock itself out.
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

/* Whose tries are counted. An IPv6 address stands for its network of 64 bits. */
const char *limit_key_address(struct call *call);
const char *limit_key_user(struct call *call, int64_t user_id);
const char *limit_key_name(
    struct call *call, const char *name); /* typed: a user's, an e-mail address */

/*
 * One more try by `who`. FAULT_TOO_OFTEN with the seconds to wait. Inside a transaction it commits
 * what was done so far, so it is called before anything is done.
 */
MUST_USE bool limit_take(struct call *call, enum limit limit, const char *who);

/* Whether there is a try left, without taking it. FAULT_TOO_OFTEN. */
MUST_USE bool limit_check(struct call *call, enum limit limit, const char *who);

/* Count a try even if there was none left. */
MUST_USE bool limit_record(struct call *call, enum limit limit, const char *who);

/* Forget all tries; *count says how many of them still counted. */
MUST_USE bool limit_reset(struct call *call, enum limit limit, const char *who, int64_t *count);

/* Uncount the latest ones. */
MUST_USE bool limit_give_back(struct call *call, enum limit limit, const char *who, int64_t count);

#endif

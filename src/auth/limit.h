/*
 * Limit: how often anything that guards an account may be tried, such as a password or a code.
 *
 * limit.def has the table: how many tries in how many seconds. Tries are counted in PostgreSQL, so
 * a limit is the same for any number of servers and survives a restart. It is exact: no stretch of
 * time as long as the limit's holds more tries than the limit allows. Each limit counts per key, a
 * text such as an address or a user's id: the tries of each key are counted separately. A try that
 * limit_take() counts stays counted when the call (the unit of work in hand, such as a request)
 * fails and its transaction is rolled back.
 *
 * Signing in is tried by many people who share an address. There only failures count for the
 * address, and signing in successfully takes one's own failures back, so that a warehouse full of
 * phones behind one address does not lock itself out.
 */
#ifndef AUTH_LIMIT_H
#define AUTH_LIMIT_H

#include "base/call.h"

/* The limits, one per row LIMIT(...) of limit.def: LIMIT_SIGN_IN (wrong passwords at sign-in),
 * LIMIT_CODE (codes of a second factor) and so on. */
enum limit {
#define RATE(rate, name, every_us, burst, text)
#define LIMIT(limit, name, most, seconds, whose, text) limit,
#include "auth/limit.def"
#undef RATE
#undef LIMIT
    LIMIT_COUNT /* how many limits there are */
};

/* Return the key, in call->arena, that counts the tries of the client's IP address; an IPv6 address
 * stands for its 64-bit network. */
const char *limit_key_address(struct call *call);

/* Return the key, in call->arena, that counts the tries for the account with this id. */
const char *limit_key_user(struct call *call, int64_t user_id);

/* Return the key, in call->arena, that counts the tries for a user name or e-mail address as it was
 * typed, ignoring the case of ASCII letters. There need not be such an account. */
const char *limit_key_name(struct call *call, const char *name);

/* Count one more try for the key `who`. FAULT_TOO_OFTEN, with the seconds to wait, if none is left.
 * Inside a transaction it commits and begins another, so that the try stays counted. The call may
 * have read before, but not written: that would abort the program. */
MUST_USE bool limit_take(struct call *call, enum limit limit, const char *who);

/* Check that a try is left for the key `who`, without counting one. Else FAULT_TOO_OFTEN, with the
 * seconds to wait. */
MUST_USE bool limit_check(struct call *call, enum limit limit, const char *who);

/* Count one more try for the key `who`, for example after it has failed. If none is left, it is not
 * counted, and the function still returns true. Does not commit. */
MUST_USE bool limit_record(struct call *call, enum limit limit, const char *who);

/* Forget all tries of the key `who`; *count is how many of them still counted against the limit. */
MUST_USE bool limit_reset(struct call *call, enum limit limit, const char *who, int64_t *count);

/* Forget the latest `count` tries of the key `who`; does nothing if `count` is 0 or less. */
MUST_USE bool limit_give_back(struct call *call, enum limit limit, const char *who, int64_t count);

#endif

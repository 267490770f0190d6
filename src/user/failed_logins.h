/*
 * Failed logins: how many wrong passwords were entered for a name, in all places that ask for a
 * password.
 *
 * Five of them lock the name for 15 minutes in all these places. They are counted under a hash of
 * the name, so that a name without an account is counted like any other.
 */
#ifndef USER_FAILED_LOGINS_H
#define USER_FAILED_LOGINS_H

#include "base/call.h"

struct failed_logins {
    int64_t count, locked_seconds;
    bool locked_now; /* this one locked the name */
};

/* Count one more, in the transaction that also records it elsewhere. */
MUST_USE bool failed_logins_add(
    struct call *call, const char *name_hash, struct failed_logins *failed);

/*
 * After a right password: for how long the name is locked nevertheless. It locks the count until
 * the end of the transaction, so that a thousand guesses at the same moment are worth only five.
 */
MUST_USE bool failed_logins_lock(struct call *call, const char *name_hash, int64_t *locked_seconds);

/* Start the count again from zero. */
MUST_USE bool failed_logins_clear(struct call *call, const char *name_hash);

/* Record FAULT_LOCKED with the time to wait. Returns false, like fail(). */
bool failed_logins_refuse(struct call *call, int64_t locked_seconds);

#endif

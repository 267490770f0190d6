/*
 * Failed logins: counts the wrong passwords that are entered for a user name, and locks the name
 * after five of them for 15 minutes, wherever a password is asked for.
 *
 * They are counted under a hash of the name: SHA-256 of the name in lower case, as hex text. So a
 * name without an account is counted in the same way, and an attacker can't tell the difference.
 * `call` is the unit of work in hand, such as a request, with its database transaction.
 */
#ifndef USER_FAILED_LOGINS_H
#define USER_FAILED_LOGINS_H

#include "base/call.h"

/* The state of a name after a wrong password. */
struct failed_logins {
    /* Wrong passwords, 1 to 5; for how long the name is still locked, 0: not locked. */
    int64_t count, locked_seconds;
    bool locked_now; /* this wrong password has locked the name */
};

/* Count one more wrong password for the name and read the result into *failed. The count starts
 * again after a lock has ended, or 15 minutes after the last wrong password. It is part of the
 * call's transaction: a caller that refuses the request does so by fail_keeping() (base/call.h), so
 * that it is committed all the same. Returns false only if the database fails: a lock is no fault.
 */
MUST_USE bool failed_logins_add(
    struct call *call, const char *name_hash, struct failed_logins *failed);

/* Called after a right password, before the user is let in: read for how many seconds the name is
 * still locked out (0: not at all). It also locks the count's row in the database until the end of
 * the transaction, and so does failed_logins_add(): of many guesses at the same moment, one after
 * the other is counted, and no more than five are tried. */
MUST_USE bool failed_logins_read_lockout(
    struct call *call, const char *name_hash, int64_t *locked_seconds);

/* Forget the wrong passwords of the name, which also ends a lock. */
MUST_USE bool failed_logins_clear(struct call *call, const char *name_hash);

/* Record FAULT_LOCKED with the seconds to wait, and return false, so that it can be returned. */
bool failed_logins_refuse(struct call *call, int64_t locked_seconds);

#endif

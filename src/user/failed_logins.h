/*
 * Wrong passwords: how many of them a name has had, wherever it was asked for its password.
 *
 * Five of them lock the name for 15 minutes, at all doors that ask. They are counted for the hash
 * of the name, so that a name that nobody has is counted like any other.
 */
#ifndef USER_FAILED_LOGINS_H
#define USER_FAILED_LOGINS_H

#include "base/call.h"

struct failed_logins {
    int64_t count, locked_seconds;
    bool locked_now; /* this was the one that locks the name */
};

/* One more, in the transaction of whatever tells of it. */
MUST_USE bool failed_logins_add(
    struct call *call, const char *name_hash, struct failed_logins *failed);

/*
 * The password was right: how long the name is locked all the same, as it stands now, and for
 * nobody to count in between. So a thousand guesses at once are worth five.
 */
MUST_USE bool failed_logins_lock(struct call *call, const char *name_hash, int64_t *locked_seconds);

/* The count begins anew. */
MUST_USE bool failed_logins_clear(struct call *call, const char *name_hash);

/* FAULT_LOCKED, with the time to wait. False, like fail(). */
bool failed_logins_refuse(struct call *call, int64_t locked_seconds);

#endif

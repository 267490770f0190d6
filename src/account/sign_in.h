/*
 * Sign-in: checks a name and a password, and creates a session.
 *
 * Five wrong passwords lock a name for 15 minutes. They are counted per user name (for a name that
 * no account has, per what was typed), and an unknown name costs the same time for hashing. So
 * neither the answer nor its timing reveals who has an account. The count is checked again, under a
 * lock, before a right password is accepted: a thousand guesses sent at the same moment are worth
 * no more than five. Failures also count per address (auth/limit.h), so that trying one guess on
 * each of a thousand names is limited too.
 *
 * After the right password, users with a second factor must give its code. A wrong code does not
 * count as a wrong password; it has limits of its own.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef ACCOUNT_SIGN_IN_H
#define ACCOUNT_SIGN_IN_H

#include "session/session.h"
#include "user/user.h"

/* An attempt to sign in: the input, and after success the new session. */
struct sign_in {
    /* in: the Host header, which tells the organisation (NULL: none); name (or e-mail address) and
     * password as they were typed */
    const char *host, *username, *password;
    const char *device; /* the browser's User-Agent */
    const char *code; /* of the second factor, or a recovery code; NULL or "" if none was given */

    /* out: set if sign_in() returns true; the texts live in call->arena */
    const char *cookie; /* the value of the session cookie */
    struct session_view session; /* the new session */
    struct account account; /* of the user who has signed in */
};

/* Sign a user in: create the session, and set call->org_id, call->person and attempt's `out`. It
 * hashes the password outside of a transaction and may wait for that, so call it on a thread of its
 * own. Counts and audit notes of a refused attempt are kept. FAULT_BAD_CREDENTIALS: wrong name or
 * password; FAULT_CODE_REQUIRED: second factor's code is missing or wrong; FAULT_LOCKED: by wrong
 * passwords or an administrator; FAULT_FORBIDDEN: not approved yet; FAULT_TOO_OFTEN;
 * FAULT_NOT_FOUND: no organisation has this host; FAULT_AGAIN: the account changed meanwhile. */
MUST_USE bool sign_in(struct call *call, struct sign_in *attempt);

#endif

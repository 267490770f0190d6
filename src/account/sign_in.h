/*
 * Sign-in: from a name and a password to a session.
 *
 * Five wrong passwords lock a name for 15 minutes. They are counted for the name that was typed,
 * whether or not somebody has it, and a name that nobody has costs as much hashing: so neither
 * answer nor time tells who has an account here. The count is checked again under a lock before a
 * right password opens anything: a thousand guesses at once are worth five. Failures are counted
 * for the address as well (auth/limit.h), so that one guess at each of a thousand names isn't free.
 *
 * Whoever has a second factor is asked for its code, once the password was right. A wrong code is
 * no wrong password: it has limits of its own, and the password stays the one that was found right.
 */
#ifndef ACCOUNT_SIGN_IN_H
#define ACCOUNT_SIGN_IN_H

#include "session/session.h"
#include "user/user.h"

struct sign_in {
    /* in */
    const char *host, *username, *password;
    const char *device; /* what the browser says of itself */
    const char *code; /* of the second factor, or a recovery code; NULL or "": none was given */

    /* out */
    const char *cookie;
    struct session_view session;
    struct account account;
};

/*
 * Try it: the password is hashed first, so it is for a thread that nobody else waits for; then one
 * transaction decides. What a refusal has counted and noted is kept. Becomes the person:
 * call->org_id, call->person. FAULT_BAD_CREDENTIALS, FAULT_CODE_REQUIRED, FAULT_LOCKED,
 * FAULT_FORBIDDEN, FAULT_TOO_OFTEN; FAULT_NOT_FOUND for a host without an organisation, FAULT_AGAIN
 * when the account changes meanwhile.
 */
MUST_USE bool sign_in(struct call *call, struct sign_in *attempt);

#endif

/*
 * Sign-in: from a name and a password to a session.
 *
 * Five wrong passwords lock a name for 15 minutes. They are counted per name as it was typed,
 * whether or not such an account exists, and an unknown name costs the same time for hashing. So
 * neither the answer nor its timing reveals who has an account. The count is checked again, under a
 * lock, before a right password is accepted: a thousand guesses sent at the same moment are worth
 * no more than five. Failures also count per address (auth/limit.h), so that trying one guess on
 * each of a thousand names is limited too.
 *
 * After the right password, people with a second factor are asked for its code. A wrong code does
 * not count as a wrong password; it has limits of its own.
 */
#ifndef ACCOUNT_SIGN_IN_H
#define ACCOUNT_SIGN_IN_H

#include "session/session.h"
#include "user/user.h"

struct sign_in {
    /* in */
    const char *host, *username, *password;
    const char *device; /* the browser's User-Agent */
    const char *code; /* of the second factor, or a recovery code; NULL or "" if none was given */

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

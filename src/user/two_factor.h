/*
 * Two-factor: a user's second factor, the one-time codes of an authenticator app (TOTP) that some
 * users sign in with besides their password.
 *
 * A new secret is shown once as a QR code, and becomes active when its owner enters a code made
 * with it. A code works once: the time step of the last code that was used is stored and only moves
 * forward, in one UPDATE, so of two sessions that use a code at the same moment only one gets in.
 * Recovery codes (user/recovery.h) are for users who have lost their phone; each works once.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef USER_TWO_FACTOR_H
#define USER_TWO_FACTOR_H

#include "base/call.h"

/* How many recovery codes a user gets with a second factor. */
#define RECOVERY_CODES 10

/* What a user has. */
struct two_factor_state {
    bool enabled; /* the second factor is active */
    int64_t recovery_codes_left; /* recovery codes that were not used */
};

/* Read whether the user has an active second factor, and how many recovery codes are left; of an
 * unknown user: none, and 0. */
MUST_USE bool two_factor_state(struct call *call, int64_t user_id, struct two_factor_state *state);

/* A new secret, for the user's authenticator app. */
struct two_factor_secret {
    const char *secret; /* base32, to be typed */
    const char *uri; /* the same as an otpauth:// URI, to be shown as a QR code */
};

/* Create a secret for the signed-in user, which is not active yet, in place of an earlier one that
 * is not active. FAULT_REFUSED if the user has a second factor. */
MUST_USE bool two_factor_begin(struct call *call, struct two_factor_secret *secret);

/* Activate the signed-in user's new secret with a `code` made by the app, and create the recovery
 * codes: `recovery_codes` is filled with texts in call->arena, which can't be read again later.
 * FAULT_BAD_FIELDS if the code is wrong; FAULT_REFUSED if there is no inactive secret;
 * FAULT_TOO_OFTEN after too many tries. */
MUST_USE bool two_factor_confirm(
    struct call *call, const char *code, const char *recovery_codes[RECOVERY_CODES]);

/* Remove the user's second factor or inactive secret, and the recovery codes, with a note in the
 * audit log. *had says whether there was one. */
MUST_USE bool two_factor_remove(struct call *call, int64_t user_id, bool *had);

/* Count one try to enter a code for this user: at most 5 a minute and 50 a day. FAULT_TOO_OFTEN if
 * none is left. Commits the transaction and begins another, so that the try stays counted if the
 * call fails; so call it before anything is changed. */
MUST_USE bool two_factor_take_try(struct call *call, int64_t user_id);

/* Check a one-time code or a recovery code of the user and, if it is right, use it up: *good says
 * so. Call it in the transaction of the action that it allows. */
MUST_USE bool two_factor_use_code(struct call *call, int64_t user_id, const char *code, bool *good);

#endif

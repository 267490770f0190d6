/*
 * Two-factor: one-time codes that some people sign in with, besides their password.
 *
 * A new secret is shown once as a QR code, and becomes active when its owner enters a code made
 * with it. A code works once: the stored step only moves forward, in one UPDATE, so of two sessions
 * that use the same code at the same moment, on any servers, only one gets in. Recovery codes are
 * for people who have lost their phone; each works once. They are so random (user/recovery.h) that
 * SHA-256 protects them as well as a slow hash: there is no list of likely ones to try.
 */
#ifndef USER_TWO_FACTOR_H
#define USER_TWO_FACTOR_H

#include "base/call.h"

#define RECOVERY_CODES 10

struct two_factor_state {
    bool enabled;
    int64_t recovery_codes_left;
};

/* Whether the user has a second factor, and how many recovery codes are left. */
MUST_USE bool two_factor_state(struct call *call, int64_t user_id, struct two_factor_state *state);

/* What an authenticator app needs. */
struct two_factor_secret {
    const char *secret; /* base32 */
    const char *uri; /* otpauth:// */
};

/*
 * Create a secret for the caller, not active yet. FAULT_REFUSED if the caller has a second factor
 * already.
 */
MUST_USE bool two_factor_begin(struct call *call, struct two_factor_secret *secret);

/*
 * Activate the caller's new secret with one of its codes. FAULT_TOO_OFTEN; FAULT_BAD_FIELDS if the
 * code is wrong; FAULT_REFUSED if there is nothing to confirm.
 */
MUST_USE bool two_factor_confirm(
    struct call *call, const char *code, const char *recovery_codes[RECOVERY_CODES]);

/* Remove the user's second factor; *had says whether there was one. Audited. */
MUST_USE bool two_factor_remove(struct call *call, int64_t user_id, bool *had);

/* Count a try of a code for this user. FAULT_TOO_OFTEN. Commits, see auth/limit.h. */
MUST_USE bool two_factor_take_try(struct call *call, int64_t user_id);

/*
 * Use a code of the app or a recovery code; *good says whether it was right. In the same
 * transaction as the action that it allows.
 */
MUST_USE bool two_factor_use_code(struct call *call, int64_t user_id, const char *code, bool *good);

#endif

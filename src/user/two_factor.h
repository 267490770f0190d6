/*
 * Two-factor: the code that some people sign in with besides their password.
 *
 * A secret is made, shown once as a QR code, and counts from when its owner has shown a code of it.
 * A code is good once: the step it belongs to only moves forward, in one UPDATE, so of two sessions
 * that show the same code at the same moment, on whatever servers, one is let in. Recovery codes
 * are for whoever has lost the phone; each is good once, too. They have 80 random bits, so SHA-256
 * keeps them as well as a slow hash would: there is no list of likely ones to try.
 */
#ifndef USER_TWO_FACTOR_H
#define USER_TWO_FACTOR_H

#include "base/call.h"

#define RECOVERY_CODES 10

struct two_factor_state {
    bool enabled;
    int64_t recovery_codes_left;
};

MUST_USE bool two_factor_state(struct call *call, int64_t user_id, struct two_factor_state *state);

/* What an authenticator app has to be told. */
struct two_factor_secret {
    const char *secret; /* base32 */
    const char *uri; /* otpauth:// */
};

/* A new secret for the caller, not asked for yet. FAULT_REFUSED when he has a second factor. */
MUST_USE bool two_factor_begin(struct call *call, struct two_factor_secret *secret);

/*
 * The caller shows a code of the new secret: it is asked for from now on. FAULT_TOO_OFTEN;
 * FAULT_BAD_FIELDS when the code is wrong; FAULT_REFUSED when there is nothing to confirm.
 */
MUST_USE bool two_factor_confirm(
    struct call *call, const char *code, const char *recovery_codes[RECOVERY_CODES]);

/* The user has no second factor any more; *had says whether he had one. Audited. */
MUST_USE bool two_factor_remove(struct call *call, int64_t user_id, bool *had);

/* One more try of a code for this user. FAULT_TOO_OFTEN. Commits, see auth/limit.h. */
MUST_USE bool two_factor_take_try(struct call *call, int64_t user_id);

/*
 * Use a code up, the app's or a recovery code; *good says whether it was one. In the transaction
 * of what it opens.
 */
MUST_USE bool two_factor_use_code(struct call *call, int64_t user_id, const char *code, bool *good);

#endif

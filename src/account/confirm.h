/*
 * Confirm: before something that a stolen session must not do, people say their password again.
 *
 * Wrong ones count like at sign-in, with those together: the fifth locks the name for 15 minutes.
 * A refusal is no fault of the call, so that what was counted is kept: the handler answers it with
 * confirm_reply() and returns true.
 */
#ifndef ACCOUNT_CONFIRM_H
#define ACCOUNT_CONFIRM_H

#include "base/call.h"
#include "http/reply.h"

/*
 * Whether the password is the caller's own. *refused has no code when it is; else it is
 * FAULT_BAD_FIELDS about `field`, or FAULT_LOCKED. FAULT_OVERLOADED.
 */
MUST_USE bool confirm_password(
    struct call *call, const char *field, const char *password, struct fault *refused);

/* The problem for a refusal; true, so that the transaction is kept. */
bool confirm_reply(struct call *call, const struct fault *refused, struct reply *reply);

#endif

/*
 * Confirm: people type their password again before an action that a stolen session must not be able
 * to do.
 *
 * Wrong passwords count as at sign-in, in the same counter: the fifth locks the name for 15
 * minutes.
 */
#ifndef ACCOUNT_CONFIRM_H
#define ACCOUNT_CONFIRM_H

#include "base/call.h"

/*
 * Check that the password is the caller's own. FAULT_BAD_FIELDS about `field`, FAULT_LOCKED,
 * FAULT_OVERLOADED.
 */
MUST_USE bool confirm_password(struct call *call, const char *field, const char *password);

#endif

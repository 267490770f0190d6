/*
 * Confirm: before something that a stolen session must not do, people say their password again.
 *
 * Wrong ones count like at sign-in, with those together: the fifth locks the name for 15 minutes.
 * What was counted is kept although the call fails.
 */
#ifndef ACCOUNT_CONFIRM_H
#define ACCOUNT_CONFIRM_H

#include "base/call.h"

/* The password has to be the caller's own. FAULT_BAD_FIELDS about `field`, FAULT_LOCKED,
 * FAULT_OVERLOADED. */
MUST_USE bool confirm_password(struct call *call, const char *field, const char *password);

#endif

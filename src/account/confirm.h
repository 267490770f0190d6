/*
 * Confirm: asks signed-in users for their password again before a dangerous change.
 *
 * It prevents that somebody who finds a signed-in phone changes the e-mail address, the password or
 * the second factor of its owner. Wrong passwords count together with those at sign-in
 * (user/failed_logins.h): the fifth locks the user name for 15 minutes.
 *
 * A call is one unit of work, such as a request: it has the memory, the database session, the
 * signed-in user and, after a failure, the fault.
 */
#ifndef ACCOUNT_CONFIRM_H
#define ACCOUNT_CONFIRM_H

#include "base/call.h"

/* Check that `password` is the signed-in user's own; true if it is. Else FAULT_BAD_FIELDS about the
 * request's field `field`; FAULT_LOCKED while the user name is locked by wrong passwords;
 * FAULT_OVERLOADED if too many threads wait to hash passwords. */
MUST_USE bool confirm_password(struct call *call, const char *field, const char *password);

#endif

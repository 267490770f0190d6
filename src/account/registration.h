/*
 * Registration: asking for an account, which an administrator has to approve.
 *
 * The answer is the same whether or not the name or the e-mail address is taken, and takes as long:
 * it tells nobody who has an account here. Whoever hears nothing asks an administrator.
 */
#ifndef ACCOUNT_REGISTRATION_H
#define ACCOUNT_REGISTRATION_H

#include "base/call.h"

/* Whether people may register at all; until this is called they may. */
void registration_enable(bool on);
bool registration_is_enabled(void);

/*
 * A dispatcher who waits, and a notice to every administrator; or nothing, when name or address is
 * taken. FAULT_FORBIDDEN when registering is off, FAULT_BAD_FIELDS, FAULT_TOO_OFTEN,
 * FAULT_OVERLOADED; FAULT_REFUSED when too many wait already.
 */
MUST_USE bool registration_create(
    struct call *call, const char *username, const char *email, const char *password);

#endif

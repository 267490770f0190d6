/*
 * Registration: people ask for an account, and an administrator approves it.
 *
 * The answer and its timing are the same whether or not the name or the e-mail address is taken, so
 * that nobody can find out who has an account here.
 */
#ifndef ACCOUNT_REGISTRATION_H
#define ACCOUNT_REGISTRATION_H

#include "base/call.h"

/*
 * Create a dispatcher who waits for approval and notify every administrator. Does nothing if the
 * name or address is taken. FAULT_FORBIDDEN if registration is off, FAULT_BAD_FIELDS,
 * FAULT_TOO_OFTEN, FAULT_OVERLOADED; FAULT_REFUSED if too many people are waiting already.
 */
MUST_USE bool registration_create(
    struct call *call, const char *username, const char *email, const char *password);

#endif

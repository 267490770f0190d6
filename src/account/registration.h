/*
 * Registration: people request an account, which an administrator approves before it can be used.
 *
 * The answer and its timing are the same whether or not the name or the e-mail address is taken, so
 * that nobody can find out who has an account here.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef ACCOUNT_REGISTRATION_H
#define ACCOUNT_REGISTRATION_H

#include "base/call.h"

/* Create a user with the role dispatcher who waits for approval, and notify all administrators. If
 * the name or address is taken, it also returns true, but only notes that in the audit log.
 * FAULT_FORBIDDEN if registration is off; FAULT_BAD_FIELDS if a value is malformed or the password
 * not allowed; FAULT_TOO_OFTEN after five requests a minute from one address; FAULT_OVERLOADED if
 * too many passwords are hashed at once; FAULT_REFUSED if 500 registrations wait already. */
MUST_USE bool registration_create(
    struct call *call, const char *username, const char *email, const char *password);

#endif

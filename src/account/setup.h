/*
 * Set-up: creating the first administrator, because there is no default password.
 *
 * That account is made either from the setting ADMIN_PASSWORD or through a one-time link, which the
 * server prints at start as long as the organisation has no active administrator. The link has a
 * token, a random secret; the database keeps only its hash. Both ways stop working as soon as there
 * is an active administrator.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database transaction, the organisation and, after a failure, the fault.
 */
#ifndef ACCOUNT_SETUP_H
#define ACCOUNT_SETUP_H

#include "base/call.h"

/* The fewest characters of the first administrator's password; more than other users need. */
#define SETUP_PASSWORD_CHARACTERS 12

/* Check that the password, the value of ADMIN_PASSWORD, has at least SETUP_PASSWORD_CHARACTERS.
 * FAULT_CONFIG if not. */
MUST_USE bool setup_check_password(struct call *call, const char *password);

/* Called at start, in a transaction, for the organisation without host name. If it has no active
 * administrator, create the user "admin" with `admin_password`, or if that is NULL, a set-up link
 * instead of older ones: *token is its token. In all other cases *token is NULL. FAULT_CONFIG if
 * the password is too short. */
MUST_USE bool setup_prepare(struct call *call, const char *admin_password, const char **token);

/* Called at start, in a transaction, for test installations: create the users biller1 and
 * dispatcher1, with the roles biller and dispatcher, in the organisation without host name, or set
 * their passwords if they exist. A NULL password skips that user. */
MUST_USE bool setup_create_test_users(
    struct call *call, const char *biller_password, const char *dispatcher_password);

/* Set *needed to whether the call's organisation has no active administrator and a set-up link that
 * was not used. */
MUST_USE bool setup_is_needed(struct call *call, bool *needed);

/* Use the set-up link with this token: create the administrator with this name and password; *id is
 * the user's id. FAULT_FORBIDDEN if the link is not the latest one or was used, or there is an
 * active administrator; FAULT_BAD_FIELDS if name or password is not allowed; FAULT_OVERLOADED if
 * too many passwords are hashed at once. */
MUST_USE bool setup_complete(
    struct call *call, const char *token, const char *username, const char *password, int64_t *id);

#endif

/*
 * Set-up: creating the first administrator, because there is no default password.
 *
 * That account is made either from ADMIN_PASSWORD or through a one-time link, which the server
 * prints at start as long as the organisation has no active administrator. The database keeps only
 * a hash of the link. Both stop working as soon as there is an active administrator.
 */
#ifndef ACCOUNT_SETUP_H
#define ACCOUNT_SETUP_H

#include "base/call.h"

#define SETUP_PASSWORD_CHARACTERS 12

/* Whether it is long enough for the first administrator. FAULT_CONFIG. */
MUST_USE bool setup_check_password(struct call *call, const char *password);

/*
 * Called at start, in a transaction. If there is an active administrator, or `admin_password` (may
 * be NULL) creates one, *token is NULL. Otherwise *token belongs to a new link, and older links
 * stop working. FAULT_CONFIG if the password is too short.
 */
MUST_USE bool setup_prepare(struct call *call, const char *admin_password, const char **token);

/*
 * Called at start, in a transaction: create the users biller1 and dispatcher1 of test
 * installations. A NULL password skips that user.
 */
MUST_USE bool setup_create_test_users(
    struct call *call, const char *biller_password, const char *dispatcher_password);

/* Whether the call's organisation has a set-up link that has not been used. */
MUST_USE bool setup_is_needed(struct call *call, bool *needed);

/*
 * Use the link: creates the administrator with this name and password; *id is their id.
 * FAULT_FORBIDDEN if the link is not the latest one or was used already; FAULT_BAD_FIELDS;
 * FAULT_OVERLOADED.
 */
MUST_USE bool setup_complete(
    struct call *call, const char *token, const char *username, const char *password, int64_t *id);

#endif

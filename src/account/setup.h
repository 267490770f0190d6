/*
 * Set-up: the first administrator, for there is no default password.
 *
 * He comes from ADMIN_PASSWORD, or from a one-time link that the server prints while there is none;
 * the database keeps only the link's hash. Both are for an organisation without an active
 * administrator, and are worth nothing as soon as there is one.
 */
#ifndef ACCOUNT_SETUP_H
#define ACCOUNT_SETUP_H

#include "base/call.h"

#define SETUP_PASSWORD_CHARACTERS 12

/*
 * At start, in a transaction. With an active administrator, or an `admin_password` (NULL: none)
 * that makes "admin" one, *token is NULL; else it is the new link's, and older links are worth
 * nothing. FAULT_CONFIG when the password is too short.
 */
MUST_USE bool setup_prepare(struct call *call, const char *admin_password, const char **token);

/*
 * At start, in a transaction: the users biller1 and dispatcher1 of test installations, with these
 * passwords (NULL: no such user). FAULT_CONFIG in production.
 */
MUST_USE bool setup_create_test_users(struct call *call, bool production,
    const char *biller_password, const char *dispatcher_password);

/* Whether a link is waiting to be used, in the call's organisation. */
MUST_USE bool setup_is_needed(struct call *call, bool *needed);

/*
 * Use the link up: the administrator with this name and password, whose id is *id. FAULT_FORBIDDEN
 * when it is not the latest, or was used; FAULT_BAD_FIELDS; FAULT_OVERLOADED.
 */
MUST_USE bool setup_complete(
    struct call *call, const char *token, const char *username, const char *password, int64_t *id);

#endif

/*
 * Profile handlers: the HTTP requests by which signed-in users see and change their own account.
 *
 * A handler_fn answers the requests of one route of src/routes.c. It gets the call (the request's
 * unit of work, in one database transaction), reads the request and fills in the reply. If it
 * returns false, the client gets the fault that it has recorded in the call (an HTTP problem).
 */
#ifndef ACCOUNT_PROFILE_HTTP_H
#define ACCOUNT_PROFILE_HTTP_H

#include "http/route.h"

/* GET /api/profile: answer with the user's own account. */
handler_fn get_profile;

/* PUT /api/profile: change the user's own name or e-mail address; answers with the account. */
handler_fn put_profile;

/* PUT /api/profile/password: replace the user's own password, which the body must have too.
 * Answers 204. */
handler_fn put_profile_password;

#endif

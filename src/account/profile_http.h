/*
 * Profile handlers: the HTTP requests by which signed-in users see and change their own account.
 *
 * A handler serves one route of src/routes.c: bool (call, request, reply). If it returns false, the
 * recorded fault (the reason of the failure) becomes the answer.
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

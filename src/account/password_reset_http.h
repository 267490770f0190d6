/*
 * Password reset handlers: the HTTP requests for a forgotten password, which need no session.
 *
 * A handler_fn answers the requests of one route of src/routes.c. It gets the call (the request's
 * unit of work, in one database transaction), reads the request and fills in the reply. If it
 * returns false, the client gets the fault that it has recorded in the call (an HTTP problem).
 */
#ifndef ACCOUNT_PASSWORD_RESET_HTTP_H
#define ACCOUNT_PASSWORD_RESET_HTTP_H

#include "http/route.h"

/* GET /api/features: answer {"mail": bool}, whether this server can send e-mails. */
handler_fn get_features;

/* POST /api/password/forgotten: queue a mail with a link to choose a new password, if the address
 * in the body is an account's. Answers 202 and {"mail": bool}, the same in either case. */
handler_fn post_password_forgotten;

/* POST /api/password/reset: set a new password with the token of such a link. Answers 204. */
handler_fn post_password_reset;

#endif

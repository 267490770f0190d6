/*
 * Two-factor handlers: the HTTP requests by which users set up and remove their own second factor,
 * the one-time codes of an authenticator app (user/two_factor.h).
 *
 * A handler_fn answers the requests of one route of src/routes.c. It gets the call (the request's
 * unit of work, in one database transaction), reads the request and fills in the reply. If it
 * returns false, the client gets the fault that it has recorded in the call (an HTTP problem).
 */
#ifndef ACCOUNT_TWO_FACTOR_HTTP_H
#define ACCOUNT_TWO_FACTOR_HTTP_H

#include "http/route.h"

/* GET /api/profile/2fa: answer whether the user's second factor is active, how many recovery codes
 * are left, and whether the organisation requires a second factor. */
handler_fn get_two_factor;

/* POST /api/profile/2fa: create a secret for the authenticator app, which is not active yet.
 * Answers it as text, as otpauth:// URI and as QR code (SVG). */
handler_fn post_two_factor;

/* POST /api/profile/2fa/confirm: activate that secret with a code from the app. Answers the
 * recovery codes, for users who lose their phone. */
handler_fn post_two_factor_confirm;

/* DELETE /api/profile/2fa: remove the second factor; the body has the password. Answers 204. */
handler_fn delete_two_factor;

#endif

/*
 * Set-up handlers: the HTTP requests that create an organisation's first administrator.
 *
 * A handler serves one route of src/routes.c: bool (call, request, reply). If it returns false, the
 * recorded fault (the reason of the failure) becomes the answer.
 */
#ifndef ACCOUNT_SETUP_HTTP_H
#define ACCOUNT_SETUP_HTTP_H

#include "http/route.h"

/* GET /api/setup: answer {"needed": bool}, whether the first administrator must still be created
 * through the one-time link that the server has printed. */
handler_fn get_setup;

/* POST /api/setup: create the first administrator with the token of that link, a name and a
 * password, and sign them in. Answers 201 with the session. */
handler_fn post_setup;

#endif

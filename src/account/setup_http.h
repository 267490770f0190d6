/*
 * Set-up handlers: the HTTP requests that create an organisation's first administrator.
 *
 * A handler_fn answers the requests of one route of src/routes.c. It gets the call (the request's
 * unit of work, in one database transaction), reads the request and fills in the reply. If it
 * returns false, the client gets the fault that it has recorded in the call (an HTTP problem).
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

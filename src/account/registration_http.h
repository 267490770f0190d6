/*
 * Registration handlers: the HTTP requests by which people without an account request one.
 *
 * A handler_fn answers the requests of one route of src/routes.c. It gets the call (the request's
 * unit of work, in one database transaction), reads the request and fills in the reply. If it
 * returns false, the client gets the fault that it has recorded in the call (an HTTP problem).
 */
#ifndef ACCOUNT_REGISTRATION_HTTP_H
#define ACCOUNT_REGISTRATION_HTTP_H

#include "http/route.h"

/* GET /api/registrations: answer {"open": bool}, whether people can register here. */
handler_fn get_registrations;

/* POST /api/registrations: request an account, which an administrator must approve. Answers 202
 * and {"state": "waiting"}, even if the name or the e-mail address is taken. */
handler_fn post_registration;

#endif

/*
 * The routes of whoever has no account yet.
 */
#ifndef ACCOUNT_REGISTRATION_HTTP_H
#define ACCOUNT_REGISTRATION_HTTP_H

#include "http/route.h"

handler_fn registration_show; /* GET /api/registrations */
handler_fn registration_create; /* POST /api/registrations */

#endif

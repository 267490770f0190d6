/*
 * Handlers: registration.
 */
#ifndef ACCOUNT_REGISTRATION_HTTP_H
#define ACCOUNT_REGISTRATION_HTTP_H

#include "http/route.h"

handler_fn get_registrations; /* GET /api/registrations */
handler_fn post_registration; /* POST /api/registrations */

#endif

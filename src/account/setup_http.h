/*
 * Handlers: creating the first administrator.
 */
#ifndef ACCOUNT_SETUP_HTTP_H
#define ACCOUNT_SETUP_HTTP_H

#include "http/route.h"

handler_fn get_setup; /* GET /api/setup */
handler_fn post_setup; /* POST /api/setup */

#endif

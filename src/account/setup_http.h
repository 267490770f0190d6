/*
 * The routes of the very first administrator.
 */
#ifndef ACCOUNT_SETUP_HTTP_H
#define ACCOUNT_SETUP_HTTP_H

#include "http/route.h"

handler_fn setup_show; /* GET /api/setup */
handler_fn setup_do; /* POST /api/setup */

#endif

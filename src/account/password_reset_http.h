/*
 * Handlers: resetting a forgotten password, and what everybody may know about this server.
 */
#ifndef ACCOUNT_PASSWORD_RESET_HTTP_H
#define ACCOUNT_PASSWORD_RESET_HTTP_H

#include "http/route.h"

handler_fn get_features; /* GET /api/features */
handler_fn post_password_forgotten; /* POST /api/password/forgotten */
handler_fn post_password_reset; /* POST /api/password/reset */

#endif

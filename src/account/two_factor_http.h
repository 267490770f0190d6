/*
 * Handlers: one's own second factor.
 */
#ifndef ACCOUNT_TWO_FACTOR_HTTP_H
#define ACCOUNT_TWO_FACTOR_HTTP_H

#include "http/route.h"

handler_fn get_two_factor; /* GET /api/profile/2fa */
handler_fn post_two_factor; /* POST /api/profile/2fa */
handler_fn post_two_factor_confirm; /* POST /api/profile/2fa/confirm */
handler_fn delete_two_factor; /* DELETE /api/profile/2fa */

#endif

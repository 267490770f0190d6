/*
 * The routes of one's own second factor.
 */
#ifndef ACCOUNT_TWO_FACTOR_HTTP_H
#define ACCOUNT_TWO_FACTOR_HTTP_H

#include "http/route.h"

handler_fn two_factor_show; /* GET /api/profile/2fa */
handler_fn two_factor_make; /* POST /api/profile/2fa */
handler_fn two_factor_show_code; /* POST /api/profile/2fa/confirm */
handler_fn two_factor_drop; /* DELETE /api/profile/2fa */

#endif

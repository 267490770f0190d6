/*
 * The routes of one's own account.
 */
#ifndef ACCOUNT_PROFILE_HTTP_H
#define ACCOUNT_PROFILE_HTTP_H

#include "http/route.h"

handler_fn profile_show; /* GET /api/profile */
handler_fn profile_change; /* PUT /api/profile */
handler_fn profile_password; /* PUT /api/profile/password */

#endif

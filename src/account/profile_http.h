/*
 * Handlers: one's own account.
 */
#ifndef ACCOUNT_PROFILE_HTTP_H
#define ACCOUNT_PROFILE_HTTP_H

#include "http/route.h"

handler_fn get_profile; /* GET /api/profile */
handler_fn put_profile; /* PUT /api/profile */
handler_fn put_profile_password; /* PUT /api/profile/password */

#endif

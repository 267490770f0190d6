/*
 * Handlers: the people, for administrators.
 */
#ifndef USER_USER_HTTP_H
#define USER_USER_HTTP_H

#include "http/route.h"

handler_fn post_user; /* POST /api/users */
handler_fn get_user; /* GET /api/users/{id} */
handler_fn patch_user; /* PATCH /api/users/{id} */
handler_fn delete_user; /* DELETE /api/users/{id} */
handler_fn post_user_approve; /* POST /api/users/{id}/approve */
handler_fn post_user_unlock; /* POST /api/users/{id}/unlock */
handler_fn post_user_sign_out; /* POST /api/users/{id}/sign-out */
handler_fn delete_user_two_factor; /* DELETE /api/users/{id}/2fa */
handler_fn get_user_activity; /* GET /api/users/{id}/activity */

#endif

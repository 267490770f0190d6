/*
 * The routes of the people, for administrators.
 */
#ifndef USER_USER_HTTP_H
#define USER_USER_HTTP_H

#include "http/route.h"

handler_fn user_list; /* GET /api/users */
handler_fn user_add; /* POST /api/users */
handler_fn user_show; /* GET /api/users/{id} */
handler_fn user_change; /* PATCH /api/users/{id} */
handler_fn user_delete; /* DELETE /api/users/{id} */
handler_fn user_let_in; /* POST /api/users/{id}/approve */
handler_fn user_open; /* POST /api/users/{id}/unlock */
handler_fn user_send_away; /* POST /api/users/{id}/sign-out */
handler_fn user_factor_off; /* DELETE /api/users/{id}/2fa */
handler_fn user_activity; /* GET /api/users/{id}/activity */

#endif

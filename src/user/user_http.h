/*
 * User handlers: the HTTP requests by which administrators manage the accounts of users.
 *
 * A handler serves one route of src/routes.c: bool (call, request, reply). If it returns false, the
 * recorded fault (the reason of the failure) becomes the answer. {id} is the user's id.
 */
#ifndef USER_USER_HTTP_H
#define USER_USER_HTTP_H

#include "http/route.h"

handler_fn post_user; /* POST /api/users: create a user. Answers 201 with the user */
handler_fn get_user; /* GET /api/users/{id}: read one user */
handler_fn patch_user; /* PATCH /api/users/{id}: change name, role, area, lock or password */
handler_fn delete_user; /* DELETE /api/users/{id}: delete the account. Answers 204 */
handler_fn post_user_approve; /* POST /api/users/{id}/approve: approve a registration */
handler_fn post_user_unlock; /* POST /api/users/{id}/unlock: remove all locks of the account */
handler_fn post_user_sign_out; /* POST /api/users/{id}/sign-out: end all sessions; how many */
handler_fn delete_user_two_factor; /* DELETE /api/users/{id}/2fa: remove the second factor */
handler_fn get_user_activity; /* GET /api/users/{id}/activity: what the user did in 30 days */

#endif

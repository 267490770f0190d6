/*
 * Promotion handlers: the HTTP requests about users' requests to become an administrator.
 *
 * A handler serves one route of src/routes.c: bool (call, request, reply). If it returns false, the
 * recorded fault (the reason of the failure) becomes the answer.
 */
#ifndef USER_PROMOTION_HTTP_H
#define USER_PROMOTION_HTTP_H

#include "http/route.h"

/* POST /api/promotions: the signed-in user asks to become an administrator, with a reason. Answers
 * 201 with the request. */
handler_fn post_promotion;

/* POST /api/promotions/{id}/decision: an administrator approves or refuses a request. Answers the
 * request. */
handler_fn post_promotion_decision;

#endif

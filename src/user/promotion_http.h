/*
 * Handlers: requests to become an administrator.
 */
#ifndef USER_PROMOTION_HTTP_H
#define USER_PROMOTION_HTTP_H

#include "http/route.h"

handler_fn post_promotion; /* POST /api/promotions */
handler_fn post_promotion_decision; /* POST /api/promotions/{id}/decision */

#endif

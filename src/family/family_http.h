/*
 * Handlers: the families of bags.
 */
#ifndef FAMILY_FAMILY_HTTP_H
#define FAMILY_FAMILY_HTTP_H

#include "http/route.h"

handler_fn get_families; /* GET /api/families */
handler_fn post_family; /* POST /api/families */
handler_fn patch_family; /* PATCH /api/families/{id} */
handler_fn delete_family; /* DELETE /api/families/{id} */

#endif

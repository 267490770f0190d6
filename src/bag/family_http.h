/*
 * The routes of the bag families.
 */
#ifndef BAG_FAMILY_HTTP_H
#define BAG_FAMILY_HTTP_H

#include "http/route.h"

handler_fn family_list; /* GET /api/families */
handler_fn family_create; /* POST /api/families */
handler_fn family_change; /* PATCH /api/families/{id} */
handler_fn family_delete; /* DELETE /api/families/{id} */

#endif

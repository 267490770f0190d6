/*
 * Handlers: the dispatch areas.
 */
#ifndef AREA_AREA_HTTP_H
#define AREA_AREA_HTTP_H

#include "http/route.h"

handler_fn get_areas; /* GET /api/areas */
handler_fn post_area; /* POST /api/areas */
handler_fn patch_area; /* PATCH /api/areas/{id} */
handler_fn delete_area; /* DELETE /api/areas/{id} */

#endif

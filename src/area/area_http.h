/*
 * The routes of the dispatch areas.
 */
#ifndef AREA_AREA_HTTP_H
#define AREA_AREA_HTTP_H

#include "http/route.h"

handler_fn area_list; /* GET /api/areas */
handler_fn area_create; /* POST /api/areas */
handler_fn area_change; /* PATCH /api/areas/{id} */
handler_fn area_delete; /* DELETE /api/areas/{id} */

#endif

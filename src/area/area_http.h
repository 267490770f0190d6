/*
 * Area handlers: the HTTP requests for dispatch areas, the parts of an organisation.
 *
 * A handler_fn answers the requests of one route of src/routes.c. It gets the call (the request's
 * unit of work, in one database transaction), reads the request and fills in the reply. If it
 * returns false, the client gets the fault that it has recorded in the call (an HTTP problem).
 */
#ifndef AREA_AREA_HTTP_H
#define AREA_AREA_HTTP_H

#include "http/route.h"

/* GET /api/areas: answer with all areas. */
handler_fn get_areas;

/* POST /api/areas: create an area; answers 201 with it. */
handler_fn post_area;

/* PATCH /api/areas/{id}: give an area another name; answers with it. */
handler_fn patch_area;

/* DELETE /api/areas/{id}: delete an area to which no users or bags belong. Answers 204. */
handler_fn delete_area;

#endif

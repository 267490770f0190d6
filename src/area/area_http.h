/*
 * Area handlers: the HTTP requests for dispatch areas, the parts of an organisation.
 *
 * A handler serves one route of src/routes.c: bool (call, request, reply). If it returns false, the
 * recorded fault (the reason of the failure) becomes the answer.
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

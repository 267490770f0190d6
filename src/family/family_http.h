/*
 * Family handlers: the functions that answer the HTTP requests for families, the kinds of parent
 * bags.
 *
 * A handler_fn gets the call (the request's unit of work), reads the request and fills in the
 * reply, within one database transaction. If it returns false, the transaction is rolled back and
 * the client gets the call's fault as a problem (RFC 9457). src/routes.c says who may use which.
 */
#ifndef FAMILY_FAMILY_HTTP_H
#define FAMILY_FAMILY_HTTP_H

#include "http/route.h"

/* GET /api/families: answer with all families. */
handler_fn get_families;

/* POST /api/families: create a family; answers 201 with it. */
handler_fn post_family;

/* PATCH /api/families/{id}: change a family; answers with it. */
handler_fn patch_family;

/* DELETE /api/families/{id}: delete a family that has no bags; answers 204. FAULT_NOT_FOUND if
 * there is none; FAULT_REFUSED if it has bags. */
handler_fn delete_family;

#endif

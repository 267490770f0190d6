/*
 * Bill handlers: the functions that answer the HTTP requests for bills, dispatch documents that
 * bags are put on.
 *
 * A handler_fn gets the call (the request's unit of work), reads the request and fills in the
 * reply, within one database transaction. If it returns false, the transaction is rolled back and
 * the client gets the call's fault as a problem (RFC 9457). src/routes.c says who may use which.
 */
#ifndef BILL_BILL_HTTP_H
#define BILL_BILL_HTTP_H

#include "http/route.h"

/* POST /api/bills: create a bill; answers 201 with it. */
handler_fn post_bill;

/* GET /api/bills/{code}: answer with the bill, or 404. */
handler_fn get_bill;

/* PATCH /api/bills/{code}: change description or capacity; answers with the bill. */
handler_fn patch_bill;

/* DELETE /api/bills/{code}: delete the bill; answers with the number of bags that were on it. */
handler_fn delete_bill;

/* POST /api/bills/{code}/finish: complete a bill that is not full, with a reason. */
handler_fn post_bill_finish;

/* POST /api/bills/{code}/reopen: reopen a completed bill that has room, with a reason. */
handler_fn post_bill_reopen;

/* POST /api/bills/{code}/bags: scan a parent bag onto the bill. A batch route: scans of several
 * requests that wait at the same time are processed in one transaction (see http/batch.h). */
extern const struct batch_route post_bill_bag;

/* DELETE /api/bills/{code}/bags/{qr}: take a bag off the bill; answers with the bill. */
handler_fn delete_bill_bag;

#endif

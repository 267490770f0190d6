/*
 * Return handlers: the HTTP requests about return tickets.
 *
 * A return ticket lists the parent bags (large bags that hold child bags) that came back from a
 * dealer. It is open until it is committed or cancelled (returns/ticket.h). {code} is the ticket's
 * code, {qr} a bag's. A handler serves one route of src/routes.c: bool (call, request, reply). If
 * it returns false, the recorded fault (the reason of the failure) becomes the answer.
 */
#ifndef RETURNS_RETURNS_HTTP_H
#define RETURNS_RETURNS_HTTP_H

#include "http/route.h"

/* POST /api/returns: create an open ticket. Answers 201 with the ticket. */
handler_fn post_return;

/* GET /api/returns/{code}: read one ticket. */
handler_fn get_return;

/* PATCH /api/returns/{code}: change location or notes of an open ticket. Answers the ticket. */
handler_fn patch_return;

/* POST /api/returns/{code}/commit: make an open ticket final. Answers the ticket. */
handler_fn post_return_commit;

/* POST /api/returns/{code}/cancel: cancel an open ticket, which puts its parents back onto their
 * bills where possible. Answers the ticket, and which parents are back and which are not. */
handler_fn post_return_cancel;

/* POST /api/returns/{code}/bags: a parent that came back was scanned (`qr` in the body); put it on
 * the ticket and take it off its bill. A batch route: the scans of all requests that wait at the
 * same moment are decided in one transaction (http/batch.h). Answers 201, or 409 with the verdict:
 * why not. */
extern const struct batch_route post_return_bag;

/* DELETE /api/returns/{code}/bags/{qr}: take a parent off an open ticket and put it back onto its
 * bill. Answers the ticket; FAULT_REFUSED if the ticket is not open or the bill can't take the
 * parent. */
handler_fn delete_return_bag;

#endif

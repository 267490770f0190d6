/*
 * End-of-day handlers: the HTTP requests by which administrators read and mail the summary of a
 * day.
 *
 * A handler_fn answers the requests of one route of src/routes.c. It gets the call (the request's
 * unit of work, in one database transaction), reads the request and fills in the reply. If it
 * returns false, the client gets the fault that it has recorded in the call (an HTTP problem).
 */
#ifndef EOD_EOD_HTTP_H
#define EOD_EOD_HTTP_H

#include "http/route.h"

/* GET /api/eod?day=2026-11-27: answer with the summary of this day, or of today if none is given:
 * totals, and tables of people, refusals and bills. */
handler_fn get_eod;

/* POST /api/eod/send: mail the summary of the day in the body to all administrators. Answers 204 as
 * soon as that is queued. */
handler_fn post_eod_send;

#endif

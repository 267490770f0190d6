/*
 * Job handler: the HTTP request by which administrators run a failed background job again.
 *
 * A handler_fn answers the requests of one route of src/routes.c. It gets the call (the request's
 * unit of work, in one database transaction), reads the request and fills in the reply. If it
 * returns false, the client gets the fault that it has recorded in the call (an HTTP problem).
 */
#ifndef JOBS_JOBS_HTTP_H
#define JOBS_JOBS_HTTP_H

#include "http/route.h"

/* POST /api/jobs/{id}/run: queue a job again that is parked (that has failed too often, so that it
 * was not tried any more). Answers 204; 404 if there is no such job. */
handler_fn post_job_run;

#endif

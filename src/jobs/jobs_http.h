/*
 * Handlers: the jobs of the server, for administrators.
 */
#ifndef JOBS_JOBS_HTTP_H
#define JOBS_JOBS_HTTP_H

#include "http/route.h"

handler_fn post_job_run; /* POST /api/jobs/{id}/run: a parked job gets new tries */

#endif

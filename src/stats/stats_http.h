/*
 * Stats handlers: the HTTP requests for an organisation's totals and its activity by day and hour.
 *
 * A handler serves one route of src/routes.c: bool (call, request, reply). If it returns false, the
 * recorded fault (the reason of the failure) becomes the answer.
 */
#ifndef STATS_STATS_HTTP_H
#define STATS_STATS_HTTP_H

#include "http/route.h"

/* GET /api/stats: all totals and today's figures. A batch route: one SQL statement answers all
 * requests of the organisation that wait at the same moment (http/batch.h). */
extern const struct batch_route get_stats;

/* GET /api/stats/activity?days=30: for each of the last 1 to 366 days the scans, the children put
 * into parent bags, and the parents and bills completed; and today's scans by hour. */
handler_fn get_stats_activity;

#endif

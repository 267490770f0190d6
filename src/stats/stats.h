/*
 * Stats: the totals and today's figures of an organisation, exact at the moment of the request.
 *
 * They can be read in two ways. GET /api/stats answers all requests that wait at the same moment by
 * one SQL statement (stats/stats_http.h). The live feed (server-sent events, http/feed.h) publishes
 * them when they change: while it has listeners, a thread reads them four times a second. So those
 * who change data need not publish anything, and changes by other servers are seen too.
 */
#ifndef STATS_STATS_H
#define STATS_STATS_H

#include "base/call.h"

/* The topic of the live feed, GET /api/stats/stream. */
#define STATS_FEED "stats"

/* Read the totals and today's figures of the call's organisation into *json, a JSON object in
 * call->arena. */
MUST_USE bool stats_json(struct call *call, const char **json);

/* Start the thread of the live feed, which has a database session of its own. `conninfo` is the
 * libpq connection string and must live until stats_stop(). */
void stats_start(const char *conninfo);

/* Stop the thread of the live feed and wait until it has ended. */
void stats_stop(void);

#endif

/*
 * Stats: totals and today's numbers, exact at the moment of the request.
 *
 * GET /api/stats is a lane: however many requests come at once, one statement answers them all.
 * While somebody listens to the live feed, it checks for changes four times a second and publishes
 * them. So it costs those who write nothing, and sees the changes made by every server.
 */
#ifndef STATS_STATS_H
#define STATS_STATS_H

#include "base/call.h"

#define STATS_FEED "stats"

/* The numbers of the call's organisation as a JSON object, in its arena. */
MUST_USE bool stats_json(struct call *call, const char **json);

/* Start the feed's thread. */
void stats_start(const char *conninfo);
void stats_stop(void);

#endif

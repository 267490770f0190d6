/*
 * Stats: totals and today's figures, exact at the instant they are asked for.
 *
 * GET /api/stats is a lane: however many ask at once, one statement answers them all. The live feed
 * looks four times a second, for as long as somebody listens, and publishes what has changed; so it
 * costs the writers nothing and sees the changes of every server.
 */
#ifndef STATS_STATS_H
#define STATS_STATS_H

#include "base/call.h"

#define STATS_FEED "stats"

/* The figures of the call's organisation as a JSON object, in its arena. */
MUST_USE bool stats_json(struct call *call, const char **json);

/* Start the lane and the feed's thread. */
void stats_start(const char *conninfo, size_t queue_max);
void stats_stop(void);

#endif

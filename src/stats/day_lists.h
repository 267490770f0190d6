/*
 * Day lists: the figures of each day, of everybody together and of each person, latest day first.
 *
 * Days are those of the organisation's zone. Only days with a scan are listed. From `from` and `to`
 * whole days are taken: those on which the two moments lie.
 */
#ifndef STATS_DAY_LISTS_H
#define STATS_DAY_LISTS_H

#include "list/listing.h"

/* What everybody did on a day (GET /api/totals): filters from, to. */
extern const struct listing totals_listing;

/* What each person did on a day (GET /api/activity): filters user, from, to. */
extern const struct listing activity_listing;

#endif

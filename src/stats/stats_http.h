/*
 * Handlers: totals, today's numbers, and activity by day and hour.
 */
#ifndef STATS_STATS_HTTP_H
#define STATS_STATS_HTTP_H

#include "http/route.h"

extern const struct batch_route get_stats;
handler_fn get_stats_activity;

#endif

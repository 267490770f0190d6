/*
 * Routes of the figures.
 */
#ifndef STATS_STATS_HTTP_H
#define STATS_STATS_HTTP_H

#include "http/route.h"

extern const struct lane_route stats_show;
handler_fn stats_activity;

#endif

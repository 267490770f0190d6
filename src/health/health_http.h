/*
 * Health: is the process alive, does the database answer.
 */
#ifndef HEALTH_HEALTH_HTTP_H
#define HEALTH_HEALTH_HTTP_H

#include "http/route.h"

extern const struct lane_route health_alive; /* asks nobody, so it never waits */
handler_fn health_ready;

#endif

/*
 * Handlers: liveness and readiness.
 */
#ifndef HEALTH_HEALTH_HTTP_H
#define HEALTH_HEALTH_HTTP_H

#include "http/route.h"

extern const struct batch_route get_liveness; /* asks nobody, so it never waits */
handler_fn get_readiness;

#endif

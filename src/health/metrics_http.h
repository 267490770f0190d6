/*
 * Metrics handler: the figures of the server for Prometheus (metric/metric.h).
 *
 * They are for the machine itself, and for whoever has the token of the settings.
 */
#ifndef HEALTH_METRICS_HTTP_H
#define HEALTH_METRICS_HTTP_H

#include "http/batch.h"

/* Begin to count. `token` opens /metrics for callers from elsewhere; it is not copied. NULL: they
 * get 403. Called at the server's start. */
void metrics_start(const char *token);

/* GET /metrics: all series in Prometheus's text format. */
extern const struct batch_route get_metrics;

#endif

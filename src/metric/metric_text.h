/*
 * Metric text: writes all series in Prometheus's text format, version 0.0.4, and their table for
 * the documents.
 */
#ifndef METRIC_METRIC_TEXT_H
#define METRIC_METRIC_TEXT_H

#include <stdio.h>

#include "base/arena.h"

/* The Content-Type of metric_text(). */
#define METRIC_TEXT_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* The present values of all series, as a text in the arena; *length is that of the text. Seconds
 * are written as seconds. What is left out: cells whose labels have no name, whose value is
 * METRIC_UNKNOWN, or which are 0 where metric.def wants that; and empty histograms. Aborts if out
 * of memory. */
const char *metric_text(struct arena *arena, size_t *length);

/* Print a table of all series in Markdown, for docs/METRICS.md. */
void metric_print_markdown(FILE *out);

#endif

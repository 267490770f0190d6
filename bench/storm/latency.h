/*
 * Latency: how long answers took, in buckets that are never wider than 1.6 % of what they hold.
 */
#ifndef STORM_LATENCY_H
#define STORM_LATENCY_H

#include <stdint.h>

#define LATENCY_STEPS 64 /* for each doubling */
#define LATENCY_BUCKETS (LATENCY_STEPS * 36)

struct latency {
    int64_t count, most_us;
    int64_t buckets[LATENCY_BUCKETS];
};

void latency_add(struct latency *latency, int64_t us);

/* What so many of a thousand did not exceed, in milliseconds. */
double latency_ms(const struct latency *latency, int per_mille);

#endif

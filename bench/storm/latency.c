#include "latency.h"

/* Up to LATENCY_STEPS microseconds a bucket each, then LATENCY_STEPS buckets for each doubling. */
static int bucket_of(int64_t us)
{
    int doublings = 0;

    while (us >= 2 * LATENCY_STEPS) {
        us >>= 1;
        doublings++;
    }
    const int bucket = doublings * LATENCY_STEPS + (int)us;

    return bucket < LATENCY_BUCKETS ? bucket : LATENCY_BUCKETS - 1;
}

static int64_t bucket_top(int bucket)
{
    if (bucket < 2 * LATENCY_STEPS)
        return bucket;

    const int doublings = bucket / LATENCY_STEPS - 1;

    return ((int64_t)(bucket % LATENCY_STEPS + LATENCY_STEPS) + 1) << doublings;
}

void latency_add(struct latency *latency, int64_t us)
{
    if (us < 0)
        us = 0;
    latency->count++;
    latency->buckets[bucket_of(us)]++;
    if (us > latency->most_us)
        latency->most_us = us;
}

double latency_ms(const struct latency *latency, int per_mille)
{
    const int64_t wanted = (latency->count * per_mille + 999) / 1000;
    int64_t seen = 0;

    for (int i = 0; i < LATENCY_BUCKETS; i++) {
        seen += latency->buckets[i];
        if (seen >= wanted && seen > 0) {
            const int64_t top = bucket_top(i);

            return (double)(top < latency->most_us ? top : latency->most_us) / 1000;
        }
    }
    return (double)latency->most_us / 1000;
}

/*
 * Clock: the monotonic clock for measuring, and the wall clock for dates.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Microseconds of the monotonic clock, for deadlines and durations. */
int64_t clock_us(void);

/* Seconds since 1970-01-01 UTC. */
int64_t clock_unix(void);

/* The present time as "2026-11-21T06:12:00.123Z", in `text`. */
void clock_rfc3339(char text[32]);

/* How many seconds to wait before the next try, after `tries` that have failed: `first`, then four
 * times as many each time, at most `most`. */
int64_t clock_retry_seconds(int64_t tries, int64_t first, int64_t most);

#endif

/*
 * Clock: reads the time: the monotonic clock for durations, and the wall clock for dates.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* The monotonic clock in microseconds, for deadlines and durations. Its zero has no meaning. */
int64_t clock_us(void);

/* The wall clock in seconds since 1970-01-01 UTC. */
int64_t clock_unix(void);

/* Write the present UTC time with milliseconds as RFC 3339 text, "2026-11-21T06:12:00.123Z". */
void clock_rfc3339(char text[32]);

/* Exponential backoff: the seconds to wait before the next try when `tries` (1 or more) have
 * failed: `first` after one, four times as long after each further one, and never over `most`. */
int64_t clock_retry_seconds(int64_t tries, int64_t first, int64_t most);

#endif

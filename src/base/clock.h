/*
 * Clock: the two clocks. The monotonic one measures, the wall clock dates.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Microseconds of the monotonic clock: for deadlines and durations. */
int64_t clock_us(void);

/* Seconds since 1970-01-01 UTC. */
int64_t clock_unix(void);

/* "2026-11-21T06:12:00.123Z" of now, in `text`. */
void clock_rfc3339(char text[32]);

#endif

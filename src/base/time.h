/*
 * Time: parses times and dates that are given as text.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* Parse an RFC 3339 time, such as "2026-11-21T06:12:00.5+02:00", into microseconds since 1970-01-01
 * UTC. Returns false if it is malformed or no real day of the years 1970 to 9999. */
bool time_from_rfc3339(const char *text, int64_t *microseconds);

/* Whether the text is a real date of the years 1970 to 9999 in the form "2026-11-21". */
bool time_is_day(const char *text);

#endif

/*
 * Time: times as text.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

/*
 * "2026-11-21T06:12:00Z", with an optional fraction or offset (RFC 3339, section 5.6), into
 * microseconds since 1970-01-01 UTC. False if the text is malformed, or not a real day in the years
 * 1970 to 9999.
 */
bool time_from_rfc3339(const char *text, int64_t *microseconds);

/* Whether it is a real day in those years, as "2026-11-21". */
bool time_is_day(const char *text);

#endif

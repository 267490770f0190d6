/*
 * Time: times as text.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

/*
 * "2026-11-21T06:12:00Z", with a fraction or an offset if need be (RFC 3339, section 5.6), into
 * microseconds since 1970-01-01 UTC. False when it isn't one, or is no real day from the years
 * 1970 to 9999.
 */
bool time_from_rfc3339(const char *text, int64_t *microseconds);

#endif

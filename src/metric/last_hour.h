/*
 * Last hour: how many answers of the last 60 minutes were errors of the server (5xx).
 */
#ifndef METRIC_LAST_HOUR_H
#define METRIC_LAST_HOUR_H

#include <stdint.h>

/* Count an error at the time `now_us` (clock_us(), in microseconds). Any thread, without lock. */
void last_hour_note(int64_t now_us);

/* The number of errors in this minute and the 59 before it. */
int64_t last_hour_errors(int64_t now_us);

#endif

#include "base/clock.h"

#include <stdio.h>
#include <time.h>

int64_t clock_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_unix(void)
{
    return (int64_t)time(NULL);
}

void clock_rfc3339(char text[32])
{
    struct timespec now;
    struct tm utc;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);

    const size_t length = strftime(text, 32, "%Y-%m-%dT%H:%M:%S", &utc);

    snprintf(text + length, 32 - length, ".%03dZ", (int)(now.tv_nsec / 1000000));
}

int64_t clock_retry_seconds(int64_t tries, int64_t first, int64_t most)
{
    int64_t seconds = first;

    while (--tries > 0 && seconds < most)
        seconds *= 4;
    return seconds < most ? seconds : most;
}

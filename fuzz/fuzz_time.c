/* A time as RFC 3339 has it: the C library's calendar agrees, and writes what reads the same. */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "base/time.h"
#include "fuzz.h"

#define SECOND INT64_C(1000000)

static const char *format(struct arena *arena, int64_t microseconds, struct tm *tm)
{
    const time_t seconds = (time_t)(microseconds / SECOND);
    char text[64];

    assert(gmtime_r(&seconds, tm) && strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", tm));
    return arena_format(arena, "%s.%06dZ", text, (int)(microseconds % SECOND));
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    const char *text = arena_bytes(&call->arena, bytes, length);
    int64_t microseconds = -1, again;
    struct tm tm;

    if (!time_from_rfc3339(text, &microseconds)) {
        assert(microseconds == -1);
        return;
    }
    assert(strlen(text) >= strlen("2026-11-21T06:12:00Z"));

    /* An offset may lead a day out of the years that are read. */
    if (microseconds < 0) {
        assert(microseconds > -86400 * SECOND && text_starts_with(text, "1970-01-01"));
        return;
    }

    const char *canonical = format(&call->arena, microseconds, &tm);

    if (tm.tm_year <= 9999 - 1900)
        assert(time_from_rfc3339(canonical, &again) && again == microseconds);
    else
        assert(text_starts_with(text, "9999-12-31"));

    /* In UTC the text and the calendar say the same day. */
    if (strpbrk(text, "Zz") && strncmp(text + 17, "60", 2) != 0)
        assert(strncmp(text, canonical, 10) == 0 && strncmp(text + 11, canonical + 11, 8) == 0);
}

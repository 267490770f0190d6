#include "base/time.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* Of "2026-11-21". */
#define TIME_DAY_LENGTH 10

/* `count` digits at *at as a number, and *at behind them; -1 when they are not all digits. */
static int digits(const char **at, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (!isdigit((unsigned char)**at))
            return -1;
        value = value * 10 + (*(*at)++ - '0');
    }
    return value;
}

static bool expect(const char **at, const char *one_of)
{
    if (!**at || !strchr(one_of, **at))
        return false;
    ++*at;
    return true;
}

static bool time_number(const char **at, int count, int min, int max, int *value)
{
    *value = digits(at, count);
    return *value >= min && *value <= max;
}

static int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

/* Days from 1970-01-01; year >= 1970. */
static int64_t day_number(int year, int month, int day)
{
    int64_t days = 0; /* at most 8,030 years: nothing to save */

    for (int y = 1970; y < year; y++)
        days += month_days(y, 2) == 29 ? 366 : 365;
    for (int m = 1; m < month; m++)
        days += month_days(year, m);
    return days + day - 1;
}

/* ".5" as microseconds; digits beyond the sixth are dropped. */
static bool fraction(const char **at, int64_t *microseconds)
{
    int64_t unit = 100000;

    *microseconds = 0;
    if (**at != '.')
        return true;
    if (!isdigit((unsigned char)*++*at))
        return false;

    for (; isdigit((unsigned char)**at); ++*at, unit /= 10)
        *microseconds += (**at - '0') * unit;
    return true;
}

static bool offset(const char **at, int64_t *seconds)
{
    int hours, minutes;
    const int sign = **at == '-' ? -1 : 1;

    *seconds = 0;
    if (expect(at, "Zz"))
        return true;
    if (!expect(at, "+-") || !time_number(at, 2, 0, 23, &hours) || !expect(at, ":")
        || !time_number(at, 2, 0, 59, &minutes))
        return false;

    *seconds = sign * (hours * 3600 + minutes * 60);
    return true;
}

bool time_from_rfc3339(const char *text, int64_t *microseconds)
{
    const char *at = text;
    int year, month, day, hour, minute, second;
    int64_t micros, shift;

    const bool good = time_number(&at, 4, 1970, 9999, &year) && expect(&at, "-")
        && time_number(&at, 2, 1, 12, &month) && expect(&at, "-")
        && time_number(&at, 2, 1, month_days(year, month), &day) && expect(&at, "Tt ")
        && time_number(&at, 2, 0, 23, &hour) && expect(&at, ":")
        && time_number(&at, 2, 0, 59, &minute) && expect(&at, ":")
        && time_number(&at, 2, 0, 60, &second) && fraction(&at, &micros) && offset(&at, &shift)
        && !*at;

    if (good)
        *microseconds =
            (day_number(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - shift)
                * 1000000
            + micros;
    return good;
}

bool time_is_day(const char *text)
{
    char moment[] = "0000-00-00T00:00:00Z";
    int64_t microseconds;

    if (strlen(text) != TIME_DAY_LENGTH)
        return false;
    memcpy(moment, text, TIME_DAY_LENGTH);
    return time_from_rfc3339(moment, &microseconds);
}

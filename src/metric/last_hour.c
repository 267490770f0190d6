#include "metric/last_hour.h"

#include <stdatomic.h>

#define MINUTES 60
#define MINUTE_US INT64_C(60000000)

/* Each with its minute in the upper half and the count in the lower, so that both change at once.
 */
static _Atomic uint64_t last_hour[MINUTES];

static uint64_t minute_of(int64_t now_us)
{
    return (uint64_t)(now_us / MINUTE_US) & UINT32_MAX;
}

void last_hour_note(int64_t now_us)
{
    const uint64_t minute = minute_of(now_us);
    _Atomic uint64_t *cell = &last_hour[minute % MINUTES];
    uint64_t before = atomic_load(cell), after;

    do
        after = before >> 32 == minute ? before + 1 : minute << 32 | 1;
    while (!atomic_compare_exchange_weak(cell, &before, after));
}

int64_t last_hour_errors(int64_t now_us)
{
    const uint64_t minute = minute_of(now_us);
    int64_t count = 0;

    for (int i = 0; i < MINUTES; i++) {
        const uint64_t cell = atomic_load(&last_hour[i]);

        if (minute - (cell >> 32) < MINUTES)
            count += (int64_t)(cell & UINT32_MAX);
    }
    return count;
}

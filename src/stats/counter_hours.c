#include "stats/counter_hours.h"

#include "base/shape.h"
#include "stats/counter.sql.h"

/* All hours of all time zones begin with a quarter of an hour. */
#define QUARTER_US (INT64_C(900) * 1000000)

struct counter_hours counter_hours_new(struct call *call, size_t scans)
{
    const size_t most = scans + 1; /* and now */
    int64_t *room = NEW_ARRAY(&call->arena, int64_t, 5 * most);

    return (struct counter_hours){ room, room + most, room + 2 * most, room + 3 * most,
        room + 4 * most, 0 };
}

static size_t counter_quarter(struct counter_hours *hours, int64_t at_us)
{
    const int64_t at = at_us == NO_I64 ? NO_I64 : at_us - at_us % QUARTER_US;
    size_t i = 0;

    while (i < hours->count && hours->ats[i] != at)
        i++;
    hours->ats[i] = at;
    if (i == hours->count)
        hours->count++;
    return i;
}

void counter_hours_add_scan(struct counter_hours *hours, int64_t at_us, bool linked)
{
    const size_t quarter = counter_quarter(hours, at_us);

    hours->scans[quarter]++;
    hours->linked[quarter] += linked;
}

void counter_hours_add_completed(struct counter_hours *hours, int64_t parents, int64_t bills)
{
    if (!parents && !bills)
        return;

    const size_t now = counter_quarter(hours, NO_I64);

    hours->parents[now] += parents;
    hours->bills[now] += bills;
}

void counter_write(struct call *call, struct db_pipeline *pipeline, struct counter_change change,
    const struct counter_hours *hours)
{
    const size_t count = hours->count;

    db_pipeline_add(call, pipeline, COUNTER_CHANGE(call, change));
    if (!count)
        return;
    db_pipeline_add(call, pipeline,
        COUNTER_ADD_HOURS(.slot = counter_slot(call), .ats = { hours->ats, count },
            .scans = { hours->scans, count }, .linked = { hours->linked, count },
            .parents_completed = { hours->parents, count },
            .bills_completed = { hours->bills, count }));
}

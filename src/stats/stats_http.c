#include "stats/stats_http.h"

#include "db/db.h"
#include "stats/stats.sql.h"

struct day {
    const char *day;
    int64_t scans, linked, late, parents_completed, bills_completed;
};

static const struct field stats_day_fields[] = {
    FIELD(struct day, day),
    FIELD(struct day, scans),
    FIELD(struct day, linked),
    FIELD(struct day, late),
    FIELD(struct day, parents_completed),
    FIELD(struct day, bills_completed),
};

static const struct shape day_shape = SHAPE(struct day, stats_day_fields);

struct hour {
    int64_t scans;
};

static const struct field hour_fields[] = { FIELD(struct hour, scans) };
static const struct shape hour_shape = SHAPE(struct hour, hour_fields);

static void put_activity(struct json *json, const struct list *days, const struct list *hours)
{
    json_open(json, '{');
    json_key(json, "days");
    json_open(json, '[');
    for (size_t i = 0; i < days->count; i++)
        json_record(json, &day_shape, (const struct day *)days->items + i);
    json_close(json, ']');
    json_key(json, "hours");
    json_open(json, '[');
    for (size_t i = 0; i < hours->count; i++)
        json_i64(json, ((const struct hour *)hours->items)[i].scans);
    json_close(json, ']');
    json_close(json, '}');
}

bool get_stats_activity(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_new(&call->arena);
    struct list days, hours;
    int64_t count;

    if (!request_query_i64(call, request, "days", 1, 366, 30, &count)
        || !db_rows(call, STATS_DAYS(.days = count), &day_shape, &days)
        || !db_rows(call, STATS_HOURS(), &hour_shape, &hours))
        return false;

    put_activity(&json, &days, &hours);
    return reply_json(reply, 200, &json);
}

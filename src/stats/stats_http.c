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

struct family_parents {
    const char *name;
    int64_t parents;
};

static const struct field family_parents_fields[] = {
    FIELD(struct family_parents, name),
    FIELD(struct family_parents, parents),
};

static const struct shape family_parents_shape =
    SHAPE(struct family_parents, family_parents_fields);

static void put_records(
    struct json *json, const char *name, const struct list *rows, const struct shape *shape)
{
    json_key(json, name);
    json_open(json, '[');
    for (size_t i = 0; i < rows->count; i++)
        json_record(json, shape, (const char *)rows->items + i * shape->size);
    json_close(json, ']');
}

static void put_activity(struct json *json, const struct list *days, const struct list *hours,
    const struct list *families)
{
    json_open(json, '{');
    put_records(json, "days", days, &day_shape);
    put_records(json, "families", families, &family_parents_shape);
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
    struct list days, hours, families;
    int64_t count;

    if (!request_query_i64(call, request, "days", 1, 366, 30, &count)
        || !db_rows(call, STATS_DAYS(.days = count), &day_shape, &days)
        || !db_rows(call, STATS_HOURS(), &hour_shape, &hours)
        || !db_rows(call, STATS_FAMILIES(), &family_parents_shape, &families))
        return false;

    put_activity(&json, &days, &hours, &families);
    return reply_json(reply, 200, &json);
}

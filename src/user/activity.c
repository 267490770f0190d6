#include "user/activity.h"

#include "db/db.h"
#include "user/activity.sql.h"

#define DAYS 30
#define NOTES 15

/* Beside each day stand the figures of all of them. */
struct row {
    struct activity_day day;
    int64_t bags, busiest_hour;
};

static const struct field row_fields[] = {
    { .name = "day", .type = FIELD_TEXT, .offset = offsetof(struct row, day.day) },
    { .name = "scans", .type = FIELD_I64, .offset = offsetof(struct row, day.scans) },
    { .name = "linked", .type = FIELD_I64, .offset = offsetof(struct row, day.linked) },
    FIELD(struct row, bags),
    FIELD(struct row, busiest_hour),
};

static const struct shape row_shape = SHAPE(struct row, row_fields);

static const struct field day_fields[] = {
    FIELD(struct activity_day, day),
    FIELD(struct activity_day, scans),
    FIELD(struct activity_day, linked),
};

const struct shape activity_day_shape = SHAPE(struct activity_day, day_fields);

static const struct field note_fields[] = {
    FIELD_AS(struct activity_note, at, FIELD_TIME),
    FIELD(struct activity_note, action),
    FIELD(struct activity_note, entity),
    FIELD(struct activity_note, entity_id),
    FIELD(struct activity_note, reason),
};

const struct shape activity_note_shape = SHAPE(struct activity_note, note_fields);

static void sum_up(struct call *call, const struct list *rows, struct activity *activity)
{
    struct activity_day *days = NEW_ARRAY(&call->arena, struct activity_day, rows->count);
    const struct row *row = rows->items;

    activity->days = (struct list){ days, rows->count };
    activity->busiest_hour = NO_I64;
    for (size_t i = 0; i < rows->count; i++, row++) {
        days[i] = row->day;
        activity->scans += row->day.scans;
        activity->linked += row->day.linked;
        activity->bags = row->bags;
        activity->busiest_hour = row->busiest_hour;
    }
}

bool activity_find(struct call *call, int64_t user_id, struct activity *activity)
{
    struct list rows;

    *activity = (struct activity){ .scans = 0 };
    if (!db_rows(call, ACTIVITY_DAYS(.user_id = user_id, .days = DAYS), &row_shape, &rows)
        || !db_rows(call, ACTIVITY_NOTES(.user_id = user_id, .limit = NOTES), &activity_note_shape,
            &activity->notes))
        return false;

    sum_up(call, &rows, activity);
    return true;
}

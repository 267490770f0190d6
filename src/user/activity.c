#include "user/activity.h"

#include "db/db.h"
#include "user/user_list.sql.h"

#define DAYS 30
#define NOTES 15

/* Beside each day stand the figures of all of them. */
struct activity_row {
    struct activity_day day;
    int64_t bags, busiest_hour;
};

static const struct field activity_row_fields[] = {
    { .name = "day", .type = FIELD_TEXT, .offset = offsetof(struct activity_row, day.day) },
    { .name = "scans", .type = FIELD_I64, .offset = offsetof(struct activity_row, day.scans) },
    { .name = "linked", .type = FIELD_I64, .offset = offsetof(struct activity_row, day.linked) },
    FIELD(struct activity_row, bags),
    FIELD(struct activity_row, busiest_hour),
};

static const struct shape activity_row_shape = SHAPE(struct activity_row, activity_row_fields);

static const struct field activity_day_fields[] = {
    FIELD(struct activity_day, day),
    FIELD(struct activity_day, scans),
    FIELD(struct activity_day, linked),
};

const struct shape activity_day_shape = SHAPE(struct activity_day, activity_day_fields);

static const struct field activity_note_fields[] = {
    FIELD_AS(struct activity_note, at, FIELD_TIME),
    FIELD(struct activity_note, action),
    FIELD(struct activity_note, entity),
    FIELD(struct activity_note, entity_id),
    FIELD(struct activity_note, reason),
};

const struct shape activity_note_shape = SHAPE(struct activity_note, activity_note_fields);

static void sum_up(struct call *call, const struct list *rows, struct activity *activity)
{
    struct activity_day *days = NEW_ARRAY(&call->arena, struct activity_day, rows->count);
    const struct activity_row *row = rows->items;

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
    if (!db_rows(call, ACTIVITY_DAYS(.user_id = user_id, .days = DAYS), &activity_row_shape, &rows)
        || !db_rows(call, ACTIVITY_NOTES(.user_id = user_id, .limit = NOTES), &activity_note_shape,
            &activity->notes))
        return false;

    sum_up(call, &rows, activity);
    return true;
}

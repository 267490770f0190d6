/*
 * Activity: what one person has done lately.
 */
#ifndef USER_ACTIVITY_H
#define USER_ACTIVITY_H

#include "base/call.h"
#include "base/shape.h"

struct activity_day {
    const char *day; /* in the organisation's zone */
    int64_t scans, linked;
};

struct activity_note {
    const char *at, *action, *entity;
    int64_t entity_id;
    const char *reason;
};

extern const struct shape activity_day_shape, activity_note_shape;

struct activity {
    struct list days; /* of activity_day, oldest first, today last */
    int64_t scans, linked; /* of all those days */
    int64_t bags; /* different ones */
    int64_t busiest_hour; /* of the day, 0 to 23; NO_I64 when nothing was scanned */
    struct list notes; /* of activity_note: the last audit rows, newest first */
};

/* The last 30 business days. Somebody who never was did nothing. */
MUST_USE bool activity_find(struct call *call, int64_t user_id, struct activity *activity);

#endif

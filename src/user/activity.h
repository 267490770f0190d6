/*
 * Activity: what one person has done recently.
 */
#ifndef USER_ACTIVITY_H
#define USER_ACTIVITY_H

#include "base/call.h"
#include "base/shape.h"

struct activity_day {
    const char *day; /* in the organisation's time zone */
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
    int64_t scans, linked; /* on all those days */
    int64_t bags; /* different bags */
    int64_t busiest_hour; /* 0 to 23; NO_I64 if nothing was scanned */
    struct list notes; /* of activity_note: the latest audit notes, newest first */
};

/* The last 30 business days. An unknown user has no activity. */
MUST_USE bool activity_find(struct call *call, int64_t user_id, struct activity *activity);

#endif

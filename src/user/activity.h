/*
 * Activity: what one user has done in the last 30 days, for a page that administrators see.
 *
 * A scan is a row of the history of bags: a label that was scanned, or a correction.
 */
#ifndef USER_ACTIVITY_H
#define USER_ACTIVITY_H

#include "base/call.h"
#include "base/shape.h"

/* What the user did on one day. */
struct activity_day {
    const char *day; /* "2026-11-27", in the organisation's time zone */
    int64_t scans, linked; /* all scans; those that put a child bag into a parent bag */
};

/* One entry of the audit log by the user. */
struct activity_note {
    const char *at, *action, *entity; /* a time; what was done, to which kind of thing */
    int64_t entity_id; /* row id of that thing */
    const char *reason; /* as the user typed it; may be NULL */
};

/* The field tables of struct activity_day and struct activity_note, by which rows are read and JSON
 * is written. */
extern const struct shape activity_day_shape, activity_note_shape;

/* The activity of one user. */
struct activity {
    struct list days; /* struct activity_day, oldest first, today last; days without scans too */
    int64_t scans, linked; /* the sums over all these days */
    int64_t bags; /* how many different bags were scanned */
    int64_t busiest_hour; /* the hour of the day with most scans, 0 to 23; NO_I64 without scans */
    struct list notes; /* struct activity_note: the latest 15, newest first */
};

/* Read a user's activity of the last 30 days, today included, into *activity; lists and texts are
 * in call->arena. For an unknown user all figures are 0. */
MUST_USE bool activity_find(struct call *call, int64_t user_id, struct activity *activity);

#endif

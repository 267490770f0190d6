/*
 * End of day: what was done on one day, as a summary for the administrators.
 *
 * It is computed from the history whenever it is asked for, so a past day tells of late scans too.
 * Every day at an hour that the organisation chooses (org.eod_hour) its mail is queued as a job,
 * once, however many servers there are; after a stop the missed days follow.
 */
#ifndef EOD_EOD_H
#define EOD_EOD_H

#include "base/call.h"
#include "base/shape.h"
#include "jobs/job.h"

/* Rows of each table at most. */
#define EOD_PEOPLE_MOST 300
#define EOD_BILLS_MOST 500

struct eod_person {
    const char *user; /* NULL: the account was deleted */
    const char *area; /* NULL: none */
    int64_t scans, linked, refused; /* linked: children packed */
};

struct eod_refusal {
    const char *verdict; /* a word of the set of verdicts */
    int64_t scans;
};

struct eod_bill {
    const char *code, *status;
    int64_t linked, capacity, children, weight_kg, expected_weight_kg;
    const char *created_by;
};

struct eod_summary {
    const char *day, *zone; /* "2026-11-27", "Asia/Kolkata" */
    bool ended; /* the day is over; otherwise the figures are those until now */
    int64_t scans, linked, late; /* late: scans that arrived on a later day */
    int64_t parents_completed, bills_completed;
    int64_t returned, returned_children, returned_kg; /* parents that came back */
    struct list people, refusals, bills; /* of the structs above */
};

/* The shapes of the four, the lists left out. */
extern const struct shape eod_shape, eod_person_shape, eod_refusal_shape, eod_bill_shape;

/* The summary of a day ("2026-11-27"; NULL is today), in one snapshot. FAULT_BAD_FIELDS about `day`
 * if it is still to come. Called before any statement of the call's transaction. */
MUST_USE bool eod_find(struct call *call, const char *day, struct eod_summary *summary);

/* Queue the mail of a day now, whether it was sent before or not, with an audit note.
 * FAULT_REFUSED while mail is off; FAULT_BAD_FIELDS as above. */
MUST_USE bool eod_send(struct call *call, const char *day);

/* Queue the mails that have come to their hour, of every organisation. In the call's session; sets
 * call->org_id. */
MUST_USE bool eod_plan(struct call *call);

/* The work of JOB_END_OF_DAY: queue a mail to each administrator. */
MUST_USE bool eod_mail(struct call *call, const struct job *job);

#endif

/*
 * End of day: the summary of what an organisation did on one day, for its administrators.
 *
 * It is computed from the stored scans whenever it is requested, so a past day includes scans that
 * arrived later. Every day, at an hour that the organisation chooses (org.eod_hour), a job (queued
 * background work, jobs/job.h) mails it, once whatever the number of servers; days missed while the
 * servers were down are mailed later.
 *
 * A scan is one reading of a bag's label, its verdict is its result. A parent is a large bag that
 * holds child bags, a bill a dispatch document that lists parents. A call is one unit of work, such
 * as a request: it has the memory (call->arena, where texts and lists live), the database
 * transaction, the organisation and, after a failure, the fault.
 */
#ifndef EOD_EOD_H
#define EOD_EOD_H

#include "base/call.h"
#include "base/shape.h"
#include "jobs/job.h"

/* The most rows of eod_summary.people; those with fewer scans are left out. */
#define EOD_PEOPLE_MOST 300

/* The most rows of eod_summary.bills; those with later codes are left out. */
#define EOD_BILLS_MOST 500

/* A user who scanned on the day: a row of eod_summary.people. */
struct eod_person {
    const char *user; /* user name; NULL: the account was deleted */
    const char *area; /* name of the user's present area (a part of the organisation), or NULL */
    int64_t scans, linked, refused; /* all scans; children put into parents; refused scans */
};

/* How often scans were refused for one reason: a row of eod_summary.refusals. */
struct eod_refusal {
    const char *verdict; /* the reason, a word of verdict_set (bag/verdict.h) such as "full" */
    int64_t scans; /* how many scans had this verdict */
};

/* A bill onto which parents were put on the day, with its present figures: a row of
 * eod_summary.bills. */
struct eod_bill {
    const char *code, *status; /* status: "new", "processing" or "completed" */
    /* Parents on it, the most allowed, and children in them; grams, shown as kg: their weight, and
     * their weight if all were full. */
    int64_t linked, capacity, children, weight_kg, expected_weight_kg;
    const char *created_by; /* user name; NULL: the account was deleted */
};

/* The summary of one day of an organisation. */
struct eod_summary {
    const char *day, *zone; /* "2026-11-27"; the time zone of the day, such as "Asia/Kolkata" */
    bool ended; /* the day is over; if false it is today, and the figures are those until now */
    /* Scans made on the day; children put into parents; scans that arrived on a later day. */
    int64_t scans, linked, late;
    int64_t parents_completed, bills_completed; /* how many became full or were finished early */
    /* Parents that came back from dealers, children in them, and their grams (shown as kg). */
    int64_t returned, returned_children, returned_kg;
    struct list people, refusals, bills; /* of eod_person, eod_refusal, eod_bill */
};

/* The tables of the members (name, type, offset) of struct eod_summary without its lists, and of
 * struct eod_person, eod_refusal and eod_bill, by which rows are read and JSON is written. */
extern const struct shape eod_shape, eod_person_shape, eod_refusal_shape, eod_bill_shape;

/* Compute the summary of a day ("2026-11-27"; NULL: today) into *summary, from one snapshot of the
 * database. Call it in a transaction, before any other statement. FAULT_BAD_FIELDS about the
 * request's field `day` if the day is in the future. */
MUST_USE bool eod_find(struct call *call, const char *day, struct eod_summary *summary);

/* Queue a job that mails the summary of a day ("2026-11-27"; NULL: today) now, even if it was
 * mailed before, and add an audit note. FAULT_REFUSED if the server does not send mail;
 * FAULT_BAD_FIELDS if the day is in the future. */
MUST_USE bool eod_send(struct call *call, const char *day);

/* Queue the jobs that mail the summaries which are due, of all organisations; at most the last 7
 * days of each, and each day once, however often it is called. Called by a loop (db/db_loop.h)
 * every 20 seconds, in no transaction: each organisation is one. Leaves call->org_id at the last
 * one. */
MUST_USE bool eod_plan(struct call *call);

/* The work of the job JOB_END_OF_DAY: queue a mail with the summary of the day, with which job->key
 * begins, to each active administrator who has an e-mail address (200 at most). */
MUST_USE bool eod_mail(struct call *call, const struct job *job);

#endif

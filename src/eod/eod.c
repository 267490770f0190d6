#include "eod/eod.h"

#include <inttypes.h>

#include "audit/audit.h"
#include "auth/org.h"
#include "base/text.h"
#include "db/db.h"
#include "eod/eod.sql.h"
#include "mail/mail.h"

/* Days that are mailed after a stop; what is older is read on its page. */
#define EOD_DAYS_MISSED_MOST 7

static const struct field eod_fields[] = {
    FIELD(struct eod_summary, day),
    FIELD(struct eod_summary, zone),
    FIELD(struct eod_summary, ended),
    FIELD(struct eod_summary, scans),
    FIELD(struct eod_summary, linked),
    FIELD(struct eod_summary, late),
    FIELD(struct eod_summary, parents_completed),
    FIELD(struct eod_summary, bills_completed),
    FIELD(struct eod_summary, returned),
    FIELD(struct eod_summary, returned_children),
    FIELD_AS(struct eod_summary, returned_kg, FIELD_KG),
};

const struct shape eod_shape = SHAPE(struct eod_summary, eod_fields);

/* The two statements that fill it. */
static const struct shape eod_day_shape = { sizeof(struct eod_summary), 3, eod_fields };
static const struct shape eod_totals_shape = { sizeof(struct eod_summary), 8, eod_fields + 3 };

static const struct field eod_person_fields[] = {
    FIELD(struct eod_person, user),
    FIELD(struct eod_person, area),
    FIELD(struct eod_person, scans),
    FIELD(struct eod_person, linked),
    FIELD(struct eod_person, refused),
};

const struct shape eod_person_shape = SHAPE(struct eod_person, eod_person_fields);

static const struct field eod_refusal_fields[] = {
    FIELD(struct eod_refusal, verdict),
    FIELD(struct eod_refusal, scans),
};

const struct shape eod_refusal_shape = SHAPE(struct eod_refusal, eod_refusal_fields);

static const struct field eod_bill_fields[] = {
    FIELD(struct eod_bill, code),
    FIELD(struct eod_bill, status),
    FIELD(struct eod_bill, linked),
    FIELD(struct eod_bill, capacity),
    FIELD(struct eod_bill, children),
    FIELD_AS(struct eod_bill, weight_kg, FIELD_KG),
    FIELD_AS(struct eod_bill, expected_weight_kg, FIELD_KG),
    FIELD(struct eod_bill, created_by),
};

const struct shape eod_bill_shape = SHAPE(struct eod_bill, eod_bill_fields);

struct eod_reader {
    const char *email;
};

static const struct field eod_reader_fields[] = { FIELD(struct eod_reader, email) };
static const struct shape eod_reader_shape = SHAPE(struct eod_reader, eod_reader_fields);

static bool eod_find_day(struct call *call, const char *day, struct eod_summary *summary)
{
    bool found;

    return db_one_or_none(call, EOD_DAY(.day = day), &eod_day_shape, summary, &found)
        && (found || fail_field(call, "day", DAY_TO_COME));
}

static bool eod_find_all(struct call *call, const char *day, struct eod_summary *summary)
{
    return eod_find_day(call, day, summary)
        && db_one(call, EOD_TOTALS(.day = summary->day), &eod_totals_shape, summary)
        && db_rows(call, EOD_PEOPLE(.day = summary->day, .most = EOD_PEOPLE_MOST),
            &eod_person_shape, &summary->people)
        && db_rows(call, EOD_REFUSALS(.day = summary->day), &eod_refusal_shape, &summary->refusals)
        && db_rows(call, EOD_BILLS(.day = summary->day, .most = EOD_BILLS_MOST), &eod_bill_shape,
            &summary->bills);
}

bool eod_find(struct call *call, const char *day, struct eod_summary *summary)
{
    return db_use_snapshot(call) && eod_find_all(call, day, summary);
}

bool eod_send(struct call *call, const char *day)
{
    struct eod_summary summary;

    if (!mail_is_on())
        return fail_because(call, MAIL_OFF);
    if (!eod_find_day(call, day, &summary))
        return false;

    /* A key of its own: the day's mail may have been sent before. */
    const char *key = arena_format(&call->arena, "%s %s", summary.day, call->request_id);

    return job_queue(call, JOB_END_OF_DAY, key)
        && audit_note(call, AUDIT_EOD_SEND, 0, NULL,
            arena_format(&call->arena, "{\"day\":\"%s\"}", summary.day), NULL);
}

bool eod_plan(struct call *call)
{
    struct list orgs;

    if (!org_list(call, &orgs))
        return false;
    for (size_t i = 0; i < orgs.count; i++) {
        call->org_id = ((const struct org *)orgs.items)[i].id;
        if (!db_run(call, EOD_PLAN(.mailed = mail_is_on(), .days = EOD_DAYS_MISSED_MOST), NULL))
            return false;
    }
    return true;
}

static const char *eod_line(struct call *call, const char *before, const char *name, int64_t count)
{
    return arena_format(&call->arena, "%s%s: %" PRId64 "\n", before, name, count);
}

/* The figures as lines of a mail. */
static const char *eod_text(struct call *call, const struct eod_summary *summary)
{
    const char *text = "";

    text = eod_line(call, text, "Scans", summary->scans);
    text = eod_line(call, text, "Children packed", summary->linked);
    text = eod_line(call, text, "Parents completed", summary->parents_completed);
    text = eod_line(call, text, "Bills completed", summary->bills_completed);
    if (summary->returned)
        text = eod_line(call, text, "Parents that came back", summary->returned);
    if (summary->late)
        text = eod_line(call, text, "Scans that arrived on a later day", summary->late);
    for (size_t i = 0; i < summary->people.count; i++) {
        const struct eod_person *person = (const struct eod_person *)summary->people.items + i;

        text = arena_format(&call->arena, "%s%s  %s%s%s: %" PRId64 " packed, %" PRId64 " refused\n",
            text, i ? "" : "\nBy person\n", person->user ? person->user : "somebody who is gone",
            person->area ? ", " : "", person->area ? person->area : "", person->linked,
            person->refused);
    }
    return text;
}

static bool eod_mail_all(struct call *call, const struct eod_summary *summary)
{
    const struct mail_field fields[] = {
        { "day", summary->day },
        { "linked", arena_format(&call->arena, "%" PRId64, summary->linked) },
        { "bills", arena_format(&call->arena, "%" PRId64, summary->bills_completed) },
        { "figures", eod_text(call, summary) },
    };
    struct list readers;

    if (!db_rows(call, EOD_READERS(), &eod_reader_shape, &readers))
        return false;
    for (size_t i = 0; i < readers.count; i++)
        if (!mail_queue(call, MAIL_END_OF_DAY, ((const struct eod_reader *)readers.items)[i].email,
                fields, COUNT_OF(fields)))
            return false;
    return true;
}

/* Of "2026-11-27"; a mail that was asked for has a request's id behind it. */
#define EOD_DAY_LENGTH 10

bool eod_mail(struct call *call, const struct job *job)
{
    const char *day = arena_bytes(&call->arena, job->key, EOD_DAY_LENGTH);
    struct eod_summary summary;

    return eod_find(call, day, &summary) && eod_mail_all(call, &summary);
}

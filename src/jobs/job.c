#include "jobs/job.h"

#include "audit/audit.h"
#include "auth/org.h"
#include "base/text.h"
#include "db/db.h"
#include "jobs/job.sql.h"

/* How long read notices and done jobs are kept (docs/DATA.md, "Retention"). */
#define RETENTION_DAYS 30

static const char *const job_kind_words[] = {
    NULL,
#define WORD(name, word) word,
#include "jobs/job_kind.def"
#undef WORD
};

static const char *const job_state_words[] = {
    NULL,
#define WORD(name, word) word,
#include "jobs/job_state.def"
#undef WORD
};

const struct word_set job_kind_set = WORD_SET(job_kind, job_kind_words);
const struct word_set job_state_set = WORD_SET(job_state, job_state_words);

bool job_queue(struct call *call, enum job_kind kind, const char *key)
{
    return db_run(call,
               JOB_QUEUE(.kind = word_set_word(&job_kind_set, kind), .key = key,
                   .user_id = call->person.id),
               NULL)
        && db_run(call, JOB_ANNOUNCE(), NULL);
}

bool job_run_again(struct call *call, int64_t id)
{
    int64_t changed;
    bool exists;

    if (!db_run(call, JOB_UNPARK(.id = id), &changed)
        || !db_value_bool(call, JOB_EXISTS(.id = id), &exists))
        return false;
    if (!exists)
        return fail(call, FAULT_NOT_FOUND, "job %lld", (long long)id);
    return changed ? audit_note(call, AUDIT_JOB_RUN_AGAIN, id, NULL, NULL, NULL)
                   : fail_because(call, JOB_NOT_PARKED);
}

bool job_plan_retention(struct call *call)
{
    struct list orgs;

    if (!org_list(call, &orgs))
        return false;
    for (size_t i = 0; i < orgs.count; i++) {
        call->org_id = ((const struct org *)orgs.items)[i].id;
        if (!db_run(call, JOB_PLAN_RETENTION(), NULL))
            return false;
    }
    return true;
}

bool job_apply_retention(struct call *call, const struct job *job)
{
    (void)job;
    return db_run(call, JOB_RETENTION_NOTICES(.days = RETENTION_DAYS), NULL)
        && db_run(call, JOB_RETENTION_JOBS(.days = RETENTION_DAYS), NULL);
}

struct job_shown {
    int64_t id;
    enum job_kind kind;
    const char *key;
    enum job_state state;
    int64_t tries;
    const char *error, *created_at, *due_at, *ended_at;
};

static const struct field job_shown_fields[] = {
    FIELD(struct job_shown, id),
    FIELD_OF(struct job_shown, kind, job_kind_set),
    FIELD(struct job_shown, key),
    FIELD_OF(struct job_shown, state, job_state_set),
    FIELD(struct job_shown, tries),
    FIELD(struct job_shown, error),
    FIELD_AS(struct job_shown, created_at, FIELD_TIME),
    FIELD_AS(struct job_shown, due_at, FIELD_TIME),
    FIELD_AS(struct job_shown, ended_at, FIELD_TIME),
};

static const struct shape job_shown_shape = SHAPE(struct job_shown, job_shown_fields);

struct job_filter {
    struct listing_span span;
    int64_t before_id;
    const char *state;
};

static bool job_listing_find(struct call *call, const void *asked, struct list *jobs)
{
    const struct job_filter *filter = asked;

    return db_rows(call,
        JOB_LIST(.state = filter->state, .before_id = filter->before_id,
            .count = filter->span.count),
        &job_shown_shape, jobs);
}

static const struct listing_filter job_filters[] = {
    LISTING_WORDS(struct job_filter, state, "state", job_state_set),
};

static const struct listing_key job_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct job_shown, id, struct job_filter, before_id),
};

const struct listing job_listing = {
    .name = "jobs",
    .row = &job_shown_shape,
    .filters = job_filters,
    .filters_count = COUNT_OF(job_filters),
    .keys = job_keys,
    .keys_count = COUNT_OF(job_keys),
    .filter_size = sizeof(struct job_filter),
    .find = job_listing_find,
};

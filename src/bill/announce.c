#include "bill/announce.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"
#include "bill/announce.sql.h"
#include "db/db.h"
#include "mail/mail.h"
#include "notice/notice.h"

struct announced_bill {
    const char *code;
    int64_t linked, capacity, weight_g;
    int64_t user_id; /* who made it */
    const char *username, *email;
};

static const struct field announced_fields[] = {
    FIELD(struct announced_bill, code),
    FIELD(struct announced_bill, linked),
    FIELD(struct announced_bill, capacity),
    FIELD(struct announced_bill, weight_g),
    FIELD(struct announced_bill, user_id),
    FIELD(struct announced_bill, username),
    FIELD(struct announced_bill, email),
};

static const struct shape announced_shape = SHAPE(struct announced_bill, announced_fields);

bool bill_announce_later(struct call *call, int64_t bill_id)
{
    /* A bill may be completed again after it was reopened: the request makes the key its own. */
    const char *key = arena_format(&call->arena, "%" PRId64 " %s", bill_id, call->request_id);

    return job_queue(call, JOB_BILL_COMPLETED, key);
}

static bool bill_announce_by_mail(struct call *call, const struct announced_bill *bill)
{
    const struct mail_field fields[] = {
        { "username", bill->username },
        { "code", bill->code },
        { "linked", arena_format(&call->arena, "%" PRId64, bill->linked) },
        { "capacity", arena_format(&call->arena, "%" PRId64, bill->capacity) },
        { "weight",
            arena_format(&call->arena, "%" PRId64 ".%03d", bill->weight_g / 1000,
                (int)(bill->weight_g % 1000)) },
    };

    return mail_queue(call, MAIL_BILL_COMPLETED, bill->email, fields, COUNT_OF(fields));
}

bool bill_announce(struct call *call, const struct job *job)
{
    struct announced_bill bill;
    bool found;

    if (!db_one_or_none(call, BILL_ANNOUNCE_FIND(.id = strtoll(job->key, NULL, 10)),
            &announced_shape, &bill, &found))
        return false;
    return !found
        || ((bill.user_id == job->created_by
                || notice_send(call, bill.user_id, BILL_IS_COMPLETED, .bill = bill.code,
                    .parents = bill.linked))
            && bill_announce_by_mail(call, &bill));
}

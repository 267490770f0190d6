#include "audit/seal.h"

#include "audit/seal.sql.h"
#include "base/log.h"
#include "db/db.h"

#define AUDIT_SEAL_BATCH 2000
/* Batches in one go: other chores wait meanwhile. */
#define TURNS 20

struct figure {
    int64_t count;
};

static const struct field figure_fields[] = { FIELD(struct figure, count) };
static const struct shape figure_shape = SHAPE(struct figure, figure_fields);

struct audit_seal_org {
    int64_t id;
};

static const struct field audit_seal_org_fields[] = { FIELD(struct audit_seal_org, id) };
static const struct shape audit_seal_org_shape =
    SHAPE(struct audit_seal_org, audit_seal_org_fields);

struct seal_head {
    int64_t seq;
    const char *hash;
};

static const struct field head_fields[] = {
    FIELD(struct seal_head, seq),
    FIELD(struct seal_head, hash),
};

static const struct shape head_shape = SHAPE(struct seal_head, head_fields);

/* `some` does up to so many and says how many it did: again, until it finds no more. */
static bool audit_seal_repeat(struct call *call, struct db_statement some)
{
    for (int turn = 0; turn < TURNS; turn++) {
        int64_t done;

        if (!db_value_i64(call, some, &done))
            return false;
        if (done < AUDIT_SEAL_BATCH)
            break;
    }
    return true;
}

static bool for_each(struct call *call, struct db_statement orgs, bool (*work)(struct call *call))
{
    struct list list;

    call->org_id = 0;
    if (!db_rows(call, orgs, &audit_seal_org_shape, &list))
        return false;

    const struct audit_seal_org *org = list.items;

    for (size_t i = 0; i < list.count; i++) {
        call->org_id = org[i].id;
        if (!work(call))
            return false;
    }
    call->org_id = 0;
    return true;
}

bool audit_for_each_org(struct call *call, bool (*work)(struct call *call))
{
    return for_each(call, AUDIT_ORGS(), work);
}

static bool seal_some(struct call *call)
{
    return audit_seal_repeat(call, AUDIT_SEAL_SOME(.count = AUDIT_SEAL_BATCH));
}

bool audit_seal(struct call *call)
{
    return for_each(call, AUDIT_WAITING_ORGS(), seal_some);
}

static bool clear_some(struct call *call)
{
    return audit_seal_repeat(call, AUDIT_EMPTY_SOME(.count = AUDIT_SEAL_BATCH));
}

/* One month at a time: each has its own moment in which nobody else can use the table. */
static bool drop_months(struct call *call)
{
    struct figure dropped = { .count = 1 };

    while (dropped.count > 0) {
        if (!db_one(call, AUDIT_DROP_MONTH(), &figure_shape, &dropped))
            return false;
        if (dropped.count > 0)
            log_line(LOG_INFO, "audit_month_dropped", "a month of the audit log is over");
    }
    return true;
}

static bool log_head(struct call *call)
{
    struct seal_head head;
    bool found;

    if (!db_one_or_none(call, AUDIT_HEAD_SHOW(), &head_shape, &head, &found))
        return false;
    if (found)
        log_line(LOG_INFO, "audit_head", "%lld:%lld:%s", (long long)call->org_id,
            (long long)head.seq, head.hash);
    return true;
}

bool audit_apply_retention(struct call *call)
{
    return audit_for_each_org(call, clear_some) && drop_months(call)
        && audit_for_each_org(call, log_head);
}

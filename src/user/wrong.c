#include "user/wrong.h"

#include "db/db.h"
#include "user/wrong.sql.h"

static const struct field wrong_fields[] = {
    FIELD(struct wrong, count),
    FIELD(struct wrong, locked_seconds),
    FIELD(struct wrong, locked_now),
};

static const struct shape wrong_shape = SHAPE(struct wrong, wrong_fields);

struct hold {
    int64_t locked_seconds;
};

static const struct field hold_fields[] = { FIELD(struct hold, locked_seconds) };
static const struct shape hold_shape = SHAPE(struct hold, hold_fields);

bool wrong_add(struct call *call, const char *name_hash, struct wrong *wrong)
{
    return db_one(call, WRONG_ADD(.name_hash = name_hash), &wrong_shape, wrong);
}

bool wrong_hold(struct call *call, const char *name_hash, int64_t *locked_seconds)
{
    struct hold hold;
    bool found;

    if (!db_maybe(call, WRONG_HOLD(.name_hash = name_hash), &hold_shape, &hold, &found))
        return false;

    *locked_seconds = found && hold.locked_seconds > 0 ? hold.locked_seconds : 0;
    return true;
}

bool wrong_clear(struct call *call, const char *name_hash)
{
    return db_run(call, WRONG_CLEAR(.name_hash = name_hash), NULL);
}

bool wrong_refuse(struct call *call, int64_t locked_seconds)
{
    const long long minutes = (locked_seconds + 59) / 60;

    fail_telling(call, FAULT_LOCKED, "Too many wrong passwords. Try again in %lld minute%s.",
        minutes, minutes == 1 ? "" : "s");
    call->fault.retry_seconds = (int)locked_seconds;
    return false;
}

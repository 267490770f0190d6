#include "user/failed_logins.h"

#include "base/text.h"
#include "db/db.h"
#include "user/failed_logins.sql.h"

static const struct field failed_logins_fields[] = {
    FIELD(struct failed_logins, count),
    FIELD(struct failed_logins, locked_seconds),
    FIELD(struct failed_logins, locked_now),
};

static const struct shape failed_logins_shape = SHAPE(struct failed_logins, failed_logins_fields);

struct hold {
    int64_t locked_seconds;
};

static const struct field hold_fields[] = { FIELD(struct hold, locked_seconds) };
static const struct shape hold_shape = SHAPE(struct hold, hold_fields);

bool failed_logins_add(struct call *call, const char *name_hash, struct failed_logins *failed)
{
    return db_one(call, FAILED_LOGINS_ADD(.name_hash = name_hash), &failed_logins_shape, failed);
}

bool failed_logins_read_lockout(struct call *call, const char *name_hash, int64_t *locked_seconds)
{
    struct hold hold;
    bool found;

    if (!db_one_or_none(
            call, FAILED_LOGINS_READ_LOCKOUT(.name_hash = name_hash), &hold_shape, &hold, &found))
        return false;

    *locked_seconds = found && hold.locked_seconds > 0 ? hold.locked_seconds : 0;
    return true;
}

bool failed_logins_clear(struct call *call, const char *name_hash)
{
    return db_run(call, FAILED_LOGINS_CLEAR(.name_hash = name_hash), NULL);
}

bool failed_logins_refuse(struct call *call, int64_t locked_seconds)
{
    fail_because(call, WRONG_TOO_OFTEN, .minutes = (locked_seconds + 59) / 60);
    call->fault.retry_seconds = (int)locked_seconds;
    return false;
}

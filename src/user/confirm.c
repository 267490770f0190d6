#include "user/confirm.h"

#include "audit/audit.h"
#include "auth/password.h"
#include "db/db.h"
#include "user/confirm.sql.h"
#include "user/sign_in.sql.h"

struct own {
    const char *password_hash, *name_hash;
    int64_t locked_seconds;
};

static const struct field own_fields[] = {
    FIELD(struct own, password_hash),
    FIELD(struct own, name_hash),
    FIELD(struct own, locked_seconds),
};

static const struct shape own_shape = SHAPE(struct own, own_fields);

struct count {
    int64_t wrong_count, locked_seconds;
    bool locked_now;
};

static const struct field count_fields[] = {
    FIELD(struct count, wrong_count),
    FIELD(struct count, locked_seconds),
    FIELD(struct count, locked_now),
};

static const struct shape count_shape = SHAPE(struct count, count_fields);

struct held {
    int64_t locked_seconds;
};

static const struct field held_fields[] = { FIELD(struct held, locked_seconds) };
static const struct shape held_shape = SHAPE(struct held, held_fields);

static bool refuse(struct call *call, struct fault *refused)
{
    *refused = call->fault;
    fail_clear(call);
    return true;
}

static bool refuse_locked(struct call *call, int64_t seconds, struct fault *refused)
{
    const long long minutes = (seconds + 59) / 60;

    fail_telling(call, FAULT_LOCKED, "Too many wrong passwords. Try again in %lld minute%s.",
        minutes, minutes == 1 ? "" : "s");
    call->fault.retry_seconds = (int)seconds;
    return refuse(call, refused);
}

static bool note(struct call *call, const char *action)
{
    return audit_note(call, action, "user", call->person.id, NULL, NULL, "asked to confirm");
}

static bool refuse_wrong(
    struct call *call, const char *field, const struct own *own, struct fault *refused)
{
    struct count count;

    if (!db_one(call, &SIGN_IN_WRONG, DB_ARGS(db_text(own->name_hash)), &count_shape, &count)
        || !note(call, "password_wrong") || (count.locked_now && !note(call, "locked")))
        return false;
    if (count.locked_seconds)
        return refuse_locked(call, count.locked_seconds, refused);

    fail_field(call, field, "is not your password");
    return refuse(call, refused);
}

/* Asked again, for nobody to count in between: a thousand guesses at once are worth five. */
static bool take_right(struct call *call, const struct own *own, struct fault *refused)
{
    struct held held = { 0 };
    bool found;

    if (!db_maybe(
            call, &SIGN_IN_HOLD, DB_ARGS(db_text(own->name_hash)), &held_shape, &held, &found))
        return false;
    if (held.locked_seconds > 0)
        return refuse_locked(call, held.locked_seconds, refused);
    return !found || db_run(call, &SIGN_IN_CLEAR, DB_ARGS(db_text(own->name_hash)), NULL);
}

bool confirm_password(
    struct call *call, const char *field, const char *password, struct fault *refused)
{
    struct own own;
    bool matches;

    *refused = (struct fault){ .code = FAULT_NONE };
    if (!db_one(call, &CONFIRM_LOOK, DB_ARGS(db_i64(call, call->person.id)), &own_shape, &own))
        return false;
    if (own.locked_seconds > 0)
        return refuse_locked(call, own.locked_seconds, refused);

    return password_matches(call, TURN_OR_FAIL, password, own.password_hash, &matches)
        && (matches ? take_right(call, &own, refused) : refuse_wrong(call, field, &own, refused));
}

bool confirm_reply(struct call *call, const struct fault *refused, struct reply *reply)
{
    call->fault = *refused;
    reply_problem(call, reply);
    fail_clear(call);
    return true;
}

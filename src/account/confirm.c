#include "account/confirm.h"

#include "account/sign_in.sql.h"
#include "audit/audit.h"
#include "auth/password.h"
#include "db/db.h"
#include "user/wrong.h"

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

static bool refuse(struct call *call, struct fault *refused)
{
    *refused = call->fault;
    fail_clear(call);
    return true;
}

static bool refuse_locked(struct call *call, int64_t seconds, struct fault *refused)
{
    return wrong_refuse(call, seconds) || refuse(call, refused);
}

static bool note(struct call *call, const char *action)
{
    return audit_note(call, action, "user", call->person.id, NULL, NULL, "asked to confirm");
}

static bool refuse_wrong(
    struct call *call, const char *field, const struct own *own, struct fault *refused)
{
    struct wrong wrong;

    if (!wrong_add(call, own->name_hash, &wrong) || !note(call, "password_wrong")
        || (wrong.locked_now && !note(call, "locked")))
        return false;
    if (wrong.locked_seconds)
        return refuse_locked(call, wrong.locked_seconds, refused);

    fail_field(call, field, "is not your password");
    return refuse(call, refused);
}

static bool take_right(struct call *call, const struct own *own, struct fault *refused)
{
    int64_t locked_seconds;

    if (!wrong_hold(call, own->name_hash, &locked_seconds))
        return false;
    return locked_seconds ? refuse_locked(call, locked_seconds, refused)
                          : wrong_clear(call, own->name_hash);
}

bool confirm_password(
    struct call *call, const char *field, const char *password, struct fault *refused)
{
    struct own own;
    bool matches;

    *refused = (struct fault){ .code = FAULT_NONE };
    if (!db_one(call, CONFIRM_LOOK(.user_id = call->person.id), &own_shape, &own))
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

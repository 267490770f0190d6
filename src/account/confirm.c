#include "account/confirm.h"

#include "account/sign_in.sql.h"
#include "audit/audit.h"
#include "auth/password.h"
#include "db/db.h"
#include "user/failed_logins.h"

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

static bool confirm_note(struct call *call, enum audit_action action)
{
    return audit_note(call, action, call->person.id, NULL, NULL, "asked to confirm");
}

static bool confirm_refuse_wrong(struct call *call, const char *field, const struct own *own)
{
    struct failed_logins failed;

    if (!failed_logins_add(call, own->name_hash, &failed)
        || !confirm_note(call, AUDIT_PASSWORD_WRONG)
        || (failed.locked_now && !confirm_note(call, AUDIT_LOCKED)))
        return false;
    if (failed.locked_seconds)
        failed_logins_refuse(call, failed.locked_seconds);
    else
        fail_field(call, field, PASSWORD_NOT_YOURS);
    return fail_keeping(call);
}

static bool accept_password(struct call *call, const struct own *own)
{
    int64_t locked_seconds;

    return failed_logins_read_lockout(call, own->name_hash, &locked_seconds)
        && (locked_seconds ? failed_logins_refuse(call, locked_seconds)
                           : failed_logins_clear(call, own->name_hash));
}

bool confirm_password(struct call *call, const char *field, const char *password)
{
    struct own own;
    bool matches;

    if (!db_one(call, CONFIRM_LOOK(.user_id = call->person.id), &own_shape, &own))
        return false;
    if (own.locked_seconds > 0)
        return failed_logins_refuse(call, own.locked_seconds);

    return password_matches(call, HASH_SLOT_OR_FAIL, password, own.password_hash, &matches)
        && (matches ? accept_password(call, &own) : confirm_refuse_wrong(call, field, &own));
}

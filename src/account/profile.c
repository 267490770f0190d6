#include "account/profile.h"

#include <string.h>

#include "account/confirm.h"
#include "account/profile.sql.h"
#include "auth/password.h"
#include "auth/password_rule.h"
#include "db/db.h"
#include "user/user_change.h"

static const struct field profile_fields[] = {
    FIELD(struct profile, id),
    FIELD(struct profile, username),
    FIELD(struct profile, email),
    FIELD_OF(struct profile, role, role_set),
    FIELD(struct profile, area),
    FIELD(struct profile, zone),
    FIELD_AS(struct profile, created_at, FIELD_TIME),
    FIELD_AS(struct profile, signed_in_at, FIELD_TIME),
};

const struct shape profile_shape = SHAPE(struct profile, profile_fields);

bool profile_find(struct call *call, struct profile *profile)
{
    return db_one(call, PROFILE_SHOW(.user_id = call->person.id), &profile_shape, profile);
}

/* Somebody who finds a signed-in phone must not be able to get a new password by mail. */
static bool may_change(struct call *call, const struct profile_edit *edit, const char *email)
{
    if (!edit->email || strcmp(edit->email, email ? email : "") == 0)
        return true;
    if (!edit->current)
        return fail_field(call, "current", PASSWORD_NEEDED);
    return confirm_password(call, "current", edit->current);
}

bool profile_update(struct call *call, const struct profile_edit *edit, struct profile *profile)
{
    const struct user_edit change = {
        .username = edit->username, .email = edit->email, .action = AUDIT_PROFILE
    };
    struct user user;

    return profile_find(call, profile) && may_change(call, edit, profile->email)
        && user_update(call, call->person.id, &change, &user) && profile_find(call, profile);
}

bool profile_set_password(struct call *call, const char *current, const char *password)
{
    const struct user_edit edit = { .password = password, .action = AUDIT_PASSWORD_CHANGE };
    struct user user;

    /* The rule is checked first, so that a refused new password costs no guess of the old one. */
    if (!password_rule_check(call, "password", call->person.name, password)
        || !confirm_password(call, "current", current))
        return false;
    if (strcmp(password_normal(&call->arena, current), password_normal(&call->arena, password))
        == 0)
        return fail_field(call, "password", PASSWORD_SAME);

    return user_update(call, call->person.id, &edit, &user);
}

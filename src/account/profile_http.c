#include "account/profile_http.h"

#include "account/profile.h"
#include "auth/password.h"

static const struct field profile_edit_fields[] = {
    FIELD_TRIMMED_OPTIONAL(struct profile_edit, username, 0),
    FIELD_TRIMMED_OPTIONAL(struct profile_edit, email, 254),
    FIELD_OPTIONAL(struct profile_edit, current, 1024),
};

static const struct shape profile_edit_shape = SHAPE(struct profile_edit, profile_edit_fields);

struct profile_password_body {
    const char *current, *password;
};

static const struct field profile_password_fields[] = {
    FIELD_MAX(struct profile_password_body, current, 1024),
    FIELD_MAX(struct profile_password_body, password, 1024),
};

static const struct shape profile_password_shape =
    SHAPE(struct profile_password_body, profile_password_fields);

bool get_profile(struct call *call, const struct request *request, struct reply *reply)
{
    struct profile profile;

    (void)request;
    return profile_find(call, &profile) && reply_record(call, reply, 200, &profile_shape, &profile);
}

bool put_profile(struct call *call, const struct request *request, struct reply *reply)
{
    struct profile_edit edit;
    struct profile profile;

    if (!request_json(call, request, &profile_edit_shape, &edit))
        return false;

    if (edit.current)
        password_wipe_later(&call->arena, edit.current);
    return profile_update(call, &edit, &profile)
        && reply_record(call, reply, 200, &profile_shape, &profile);
}

bool put_profile_password(struct call *call, const struct request *request, struct reply *reply)
{
    struct profile_password_body body;

    if (!request_json(call, request, &profile_password_shape, &body))
        return false;

    password_wipe_later(&call->arena, body.current);
    password_wipe_later(&call->arena, body.password);
    return profile_set_password(call, body.current, body.password) && reply_empty(reply);
}

#include "account/confirm.h"
#include "account/two_factor_http.h"
#include "auth/password.h"
#include "user/two_factor.h"

struct password_body {
    const char *password;
};

static const struct field password_fields[] = {
    { .name = "password",
        .type = FIELD_TEXT,
        .offset = offsetof(struct password_body, password),
        .max = 1024 },
};

static const struct shape password_shape = SHAPE(struct password_body, password_fields);

static bool drop(struct call *call, struct reply *reply)
{
    bool had;

    return two_factor_remove(call, call->person.id, &had)
        && (had || fail_telling(call, FAULT_REFUSED, "There is no second factor to take away."))
        && reply_empty(reply);
}

bool two_factor_drop(struct call *call, const struct request *request, struct reply *reply)
{
    struct password_body body;
    struct fault refused;

    if (!request_json(call, request, &password_shape, &body))
        return false;

    password_wipe_later(&call->arena, body.password);
    return confirm_password(call, "password", body.password, &refused)
        && (refused.code ? confirm_reply(call, &refused, reply) : drop(call, reply));
}

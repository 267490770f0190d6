#include "account/two_factor_http.h"

#include "account/confirm.h"
#include "auth/password.h"
#include "base/qr.h"
#include "session/session.h"
#include "user/two_factor.h"

struct two_factor_code_body {
    const char *code;
};

static const struct field two_factor_code_fields[] = { FIELD(struct two_factor_code_body, code) };
static const struct shape two_factor_code_shape =
    SHAPE(struct two_factor_code_body, two_factor_code_fields);

static bool is_required(const struct call *call)
{
    return session_requires_two_factor(call->org_id, (enum role)call->person.role);
}

bool get_two_factor(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_new(&call->arena);
    struct two_factor_state state;

    (void)request;
    if (!two_factor_state(call, call->person.id, &state))
        return false;

    json_open(&json, '{');
    json_put_bool(&json, "enabled", state.enabled);
    json_put_i64(&json, "recovery_codes_left", state.recovery_codes_left);
    json_put_bool(&json, "required", is_required(call));
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

bool post_two_factor(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_new(&call->arena);
    struct two_factor_secret secret;

    (void)request;
    if (!two_factor_begin(call, &secret))
        return false;

    json_open(&json, '{');
    json_put_text(&json, "secret", secret.secret);
    json_put_text(&json, "uri", secret.uri);
    json_put_text(&json, "svg", qr_svg(&call->arena, secret.uri));
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

bool post_two_factor_confirm(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_new(&call->arena);
    const char *codes[RECOVERY_CODES];
    struct two_factor_code_body body;

    if (!request_json(call, request, &two_factor_code_shape, &body)
        || !two_factor_confirm(call, body.code, codes))
        return false;

    json_open(&json, '{');
    json_key(&json, "recovery_codes");
    json_open(&json, '[');
    for (int i = 0; i < RECOVERY_CODES; i++)
        json_text(&json, codes[i]);
    json_close(&json, ']');
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

struct two_factor_password_body {
    const char *password;
};

static const struct field two_factor_password_fields[] = {
    FIELD_MAX(struct two_factor_password_body, password, 1024),
};

static const struct shape two_factor_password_shape =
    SHAPE(struct two_factor_password_body, two_factor_password_fields);

static bool two_factor_remove_own(struct call *call, struct reply *reply)
{
    bool had;

    return two_factor_remove(call, call->person.id, &had)
        && (had || fail_because(call, FACTOR_NONE_OWN)) && reply_empty(reply);
}

bool delete_two_factor(struct call *call, const struct request *request, struct reply *reply)
{
    struct two_factor_password_body body;

    if (!request_json(call, request, &two_factor_password_shape, &body))
        return false;

    password_wipe_later(&call->arena, body.password);
    return confirm_password(call, "password", body.password) && two_factor_remove_own(call, reply);
}

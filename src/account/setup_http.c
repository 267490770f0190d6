#include "account/setup_http.h"

#include "account/session_http.h"
#include "account/setup.h"
#include "auth/org.h"
#include "auth/password.h"
#include "http/cookie.h"

struct setup_body {
    const char *token, *username, *password;
};

static const struct field setup_body_fields[] = {
    FIELD(struct setup_body, token),
    FIELD_TRIMMED(struct setup_body, username, 0),
    FIELD_MAX(struct setup_body, password, 1024),
};

static const struct shape setup_body_shape = SHAPE(struct setup_body, setup_body_fields);

bool get_setup(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_new(&call->arena);
    bool needed;

    if (!org_find_by_host(call, request_header(request, "Host")) || !setup_is_needed(call, &needed))
        return false;

    json_open(&json, '{');
    json_put_bool(&json, "needed", needed);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

static bool sign_in_as(struct call *call, const struct request *request, int64_t id,
    const struct account *account, struct reply *reply)
{
    struct session_view view;
    const char *cookie;

    call->person =
        (struct person){ .id = id, .role = (int)account->role, .name = account->username };
    return session_create(call, request_header(request, "User-Agent"), &cookie, &view)
        && reply_set_session_cookie(call, reply, cookie)
        && reply_session(call, reply, 201, &view, account);
}

bool post_setup(struct call *call, const struct request *request, struct reply *reply)
{
    struct account account;
    struct setup_body body;
    int64_t id;

    if (!request_json(call, request, &setup_body_shape, &body))
        return false;

    password_wipe_later(&call->arena, body.password);
    return org_find_by_host(call, request_header(request, "Host"))
        && setup_complete(call, body.token, body.username, body.password, &id)
        && user_find_account(call, id, &account) && sign_in_as(call, request, id, &account, reply);
}

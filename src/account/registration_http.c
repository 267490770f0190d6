#include "account/registration_http.h"

#include "account/registration.h"
#include "auth/org.h"
#include "auth/password.h"

struct body {
    const char *username, *email, *password;
};

static const struct field body_fields[] = {
    FIELD(struct body, username),
    FIELD_MAX(struct body, email, 254),
    FIELD_MAX(struct body, password, 1024),
};

static const struct shape body_shape = SHAPE(struct body, body_fields);

bool get_registrations(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_in(&call->arena);

    (void)request;
    json_open(&json, '{');
    json_put_bool(&json, "open", registration_is_open());
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

/* 202 says that it was taken in, and nothing about what came of it. */
static bool reply_taken(struct call *call, struct reply *reply)
{
    struct json json = json_in(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "state", "waiting");
    json_close(&json, '}');
    return reply_json(reply, 202, &json);
}

bool post_registration(struct call *call, const struct request *request, struct reply *reply)
{
    struct body body;

    if (!request_json(call, request, &body_shape, &body))
        return false;

    password_wipe_later(&call->arena, body.password);
    return org_of_host(call, request_header(request, "Host"))
        && registration_make(call, body.username, body.email, body.password)
        && reply_taken(call, reply);
}

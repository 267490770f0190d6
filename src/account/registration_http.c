#include "account/registration_http.h"

#include "account/registration.h"
#include "auth/org.h"
#include "auth/org_settings.h"
#include "auth/password.h"

struct registration_body {
    const char *username, *email, *password;
};

static const struct field registration_body_fields[] = {
    FIELD_TRIMMED(struct registration_body, username, 0),
    FIELD_TRIMMED(struct registration_body, email, 254),
    FIELD_MAX(struct registration_body, password, 1024),
};

static const struct shape registration_body_shape =
    SHAPE(struct registration_body, registration_body_fields);

bool get_registrations(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_new(&call->arena);

    if (!org_find_by_host(call, request_header(request, "Host")))
        return false;
    json_open(&json, '{');
    json_put_bool(&json, "open", org_settings_of(call->org_id).registration);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

/* 202 says that the request was accepted, and nothing about its result. */
static bool reply_taken(struct call *call, struct reply *reply)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "state", "waiting");
    json_close(&json, '}');
    return reply_json(reply, 202, &json);
}

bool post_registration(struct call *call, const struct request *request, struct reply *reply)
{
    struct registration_body body;

    if (!request_json(call, request, &registration_body_shape, &body))
        return false;

    password_wipe_later(&call->arena, body.password);
    return org_find_by_host(call, request_header(request, "Host"))
        && registration_create(call, body.username, body.email, body.password)
        && reply_taken(call, reply);
}

#include "account/password_reset_http.h"

#include "account/password_reset.h"
#include "auth/org.h"
#include "auth/password.h"

struct email_body {
    const char *email;
};

static const struct field email_fields[] = {
    FIELD_TRIMMED(struct email_body, email, 254),
};

static const struct shape email_shape = SHAPE(struct email_body, email_fields);

struct reset_body {
    const char *token, *password;
};

static const struct field reset_fields[] = {
    FIELD(struct reset_body, token),
    FIELD_MAX(struct reset_body, password, 1024),
};

static const struct shape reset_shape = SHAPE(struct reset_body, reset_fields);

/* Whether mail is on is no secret, and spares people waiting for a mail that can't come. */
static bool reply_mail(struct call *call, struct reply *reply, int status)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_bool(&json, "mail", mail_is_on());
    json_close(&json, '}');
    return reply_json(reply, status, &json);
}

bool get_features(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return reply_mail(call, reply, 200);
}

bool post_password_forgotten(struct call *call, const struct request *request, struct reply *reply)
{
    struct email_body body;

    return request_json(call, request, &email_shape, &body)
        && org_find_by_host(call, request_header(request, "Host"))
        && password_reset_request(call, body.email) && reply_mail(call, reply, 202);
}

bool post_password_reset(struct call *call, const struct request *request, struct reply *reply)
{
    struct reset_body body;

    if (!request_json(call, request, &reset_shape, &body))
        return false;

    password_wipe_later(&call->arena, body.password);
    password_wipe_later(&call->arena, body.token);
    return org_find_by_host(call, request_header(request, "Host"))
        && password_reset_complete(call, body.token, body.password) && reply_empty(reply);
}

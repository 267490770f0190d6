#include "account/session_http.h"

#include "audit/audit.h"
#include "http/cookie.h"

bool reply_session(struct call *call, struct reply *reply, int status,
    const struct session_view *view, const struct account *account)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_key(&json, "user");
    json_open(&json, '{');
    json_put_i64(&json, "id", account->id);
    json_put_text(&json, "username", account->username);
    json_put_text(&json, "role", role_name(account->role));
    json_put_text(&json, "area", account->area);
    json_put_bool(&json, "must_change_password", account->must_change_password);
    json_close(&json, '}');
    json_put_text(&json, "csrf", view->csrf);
    json_put_i64(&json, "idle_seconds", view->idle_seconds);
    json_put_i64(&json, "absolute_seconds", view->absolute_seconds);
    json_put_i64(&json, "idle_left", view->idle_left);
    json_put_i64(&json, "absolute_left", view->absolute_left);
    json_put_text(&json, "zone", account->zone);
    json_close(&json, '}');
    return reply_json(reply, status, &json);
}

bool get_session(struct call *call, const struct request *request, struct reply *reply)
{
    struct session_view view;
    struct account account;

    (void)request;
    return session_find_own(call, &view) && user_find_account(call, call->person.id, &account)
        && reply_session(call, reply, 200, &view, &account);
}

bool delete_session(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return audit_note(call, AUDIT_SIGN_OUT, call->person.id, NULL, NULL, NULL) && session_end(call)
        && reply_clear_session_cookie(call, reply) && reply_empty(reply);
}

bool get_sessions(struct call *call, const struct request *request, struct reply *reply)
{
    struct list rows;

    (void)request;
    return session_list(call, &rows) && reply_list(call, reply, &session_entry_shape, &rows, NULL);
}

static bool note_end(struct call *call, int64_t session_id)
{
    return audit_note(call, AUDIT_SESSION_END, session_id, NULL, NULL, NULL);
}

bool delete_session_by_id(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t id;

    if (!request_path_id(call, request, &id))
        return false;
    if (id == call->person.session_id)
        return delete_session(call, request, reply);

    return note_end(call, id) && session_end_by_id(call, id) && reply_empty(reply);
}

bool delete_other_sessions(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return note_end(call, 0)
        && session_end_all(call, call->person.id, call->person.session_id, NULL)
        && reply_empty(reply);
}

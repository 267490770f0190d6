#include "user/user_http.h"

#include "area/area.h"
#include "auth/password.h"
#include "auth/password_rule.h"
#include "user/activity.h"
#include "user/user.h"
#include "user/user_change.h"

#define EMAIL_BYTES 254
#define AREA_BYTES 400

struct user_add_body {
    const char *username, *password, *email, *area;
    enum role role;
    bool temporary;
};

static const struct field user_add_fields[] = {
    FIELD_TRIMMED(struct user_add_body, username, 0),
    FIELD_MAX(struct user_add_body, password, 1024),
    FIELD_OF(struct user_add_body, role, role_set),
    FIELD_TRIMMED_OPTIONAL(struct user_add_body, email, EMAIL_BYTES),
    FIELD_OPTIONAL(struct user_add_body, area, AREA_BYTES),
    FIELD_OPTIONAL(struct user_add_body, temporary, 0),
};

static const struct shape user_add_shape = SHAPE(struct user_add_body, user_add_fields);

static const struct field user_edit_fields[] = {
    FIELD_TRIMMED_OPTIONAL(struct user_edit, username, 0),
    FIELD_TRIMMED_OPTIONAL(struct user_edit, email, EMAIL_BYTES),
    FIELD_OF_OPTIONAL(struct user_edit, role, role_set),
    FIELD_OPTIONAL(struct user_edit, area, AREA_BYTES),
    FIELD_OF_OPTIONAL(struct user_edit, state, user_state_set),
    FIELD_OPTIONAL(struct user_edit, password, 1024),
    FIELD_OPTIONAL(struct user_edit, temporary, 0),
};

static const struct shape user_edit_shape = SHAPE(struct user_edit, user_edit_fields);

static bool reply_user(struct call *call, struct reply *reply, int status, int64_t id)
{
    struct user user;

    return user_find(call, id, &user) && reply_record(call, reply, status, &user_shape, &user);
}

static bool user_create_from_body(struct call *call, const struct user_add_body *body, int64_t *id)
{
    struct user_draft user = { .username = body->username,
        .password = body->password,
        .email = body->email,
        .role = body->role,
        .active = true,
        .temporary = body->temporary };

    return area_for_new_user(call, user.role, body->area, &user.area_id)
        && password_rule_check(call, "password", body->username, body->password)
        && user_create(call, HASH_SLOT_OR_FAIL, &user, id);
}

bool post_user(struct call *call, const struct request *request, struct reply *reply)
{
    struct user_add_body body;
    int64_t id;

    if (!request_json(call, request, &user_add_shape, &body))
        return false;

    password_wipe_later(&call->arena, body.password);
    return user_create_from_body(call, &body, &id) && reply_user(call, reply, 201, id);
}

bool get_user(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t id;

    return request_path_id(call, request, &id) && reply_user(call, reply, 200, id);
}

bool patch_user(struct call *call, const struct request *request, struct reply *reply)
{
    struct user_edit edit;
    struct user user;
    int64_t id;

    if (!request_json(call, request, &user_edit_shape, &edit))
        return false;

    if (edit.password)
        password_wipe_later(&call->arena, edit.password);
    return request_path_id(call, request, &id) && user_update(call, id, &edit, &user)
        && reply_record(call, reply, 200, &user_shape, &user);
}

bool delete_user(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t id;

    return request_path_id(call, request, &id) && user_delete(call, id) && reply_empty(reply);
}

bool post_user_approve(struct call *call, const struct request *request, struct reply *reply)
{
    struct user user;
    int64_t id;

    return request_path_id(call, request, &id) && user_approve(call, id, &user)
        && reply_record(call, reply, 200, &user_shape, &user);
}

bool post_user_unlock(struct call *call, const struct request *request, struct reply *reply)
{
    struct user user;
    int64_t id;

    return request_path_id(call, request, &id) && user_unlock(call, id, &user)
        && reply_record(call, reply, 200, &user_shape, &user);
}

bool post_user_sign_out(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_new(&call->arena);
    int64_t id, ended;

    if (!request_path_id(call, request, &id) || !user_sign_out(call, id, &ended))
        return false;

    json_open(&json, '{');
    json_put_i64(&json, "ended", ended);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

bool delete_user_two_factor(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t id;

    return request_path_id(call, request, &id) && user_remove_two_factor(call, id)
        && reply_empty(reply);
}

static void user_put_rows(
    struct json *json, const char *key, const struct shape *shape, const struct list *rows)
{
    const char *row = rows->items;

    json_key(json, key);
    json_open(json, '[');
    for (size_t i = 0; i < rows->count; i++)
        json_record(json, shape, row + i * shape->size);
    json_close(json, ']');
}

bool get_user_activity(struct call *call, const struct request *request, struct reply *reply)
{
    struct json json = json_new(&call->arena);
    struct activity activity;
    struct user user;
    int64_t id;

    if (!request_path_id(call, request, &id) || !user_find(call, id, &user)
        || !activity_find(call, id, &activity))
        return false;

    json_open(&json, '{');
    json_key(&json, "user");
    json_record(&json, &user_shape, &user);
    json_put_i64(&json, "scans", activity.scans);
    json_put_i64(&json, "linked", activity.linked);
    json_put_i64(&json, "bags", activity.bags);
    json_put_i64(&json, "busiest_hour", activity.busiest_hour);
    user_put_rows(&json, "days", &activity_day_shape, &activity.days);
    user_put_rows(&json, "recent", &activity_note_shape, &activity.notes);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

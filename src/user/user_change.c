#include "user/user_change.h"

#include <string.h>

#include "area/area.h"
#include "audit/audit.h"
#include "auth/password.h"
#include "auth/password_rule.h"
#include "auth/permission.h"
#include "base/json.h"
#include "base/text.h"
#include "db/db.h"
#include "notice/notice.h"
#include "session/session.h"
#include "user/two_factor.h"
#include "user/user.h"
#include "user/user_change.sql.h"

struct others {
    int64_t count;
};

static const struct field others_fields[] = { FIELD(struct others, count) };
static const struct shape others_shape = SHAPE(struct others, others_fields);

static bool is(const char *text, const char *word)
{
    return strcmp(text, word) == 0;
}

static bool user_change_is_same(const char *one, const char *other)
{
    return one && other ? is(one, other) : one == other;
}

static bool is_active_admin(const struct user *user)
{
    return user->role == ROLE_ADMIN && user->state == USER_STATE_ACTIVE;
}

static bool find_living(struct call *call, int64_t id, struct user *user)
{
    return user_find(call, id, user)
        && (user->state != USER_STATE_DELETED || fail(call, FAULT_NOT_FOUND, "was deleted"));
}

/* Nobody else changes an account from here on, so what is read stays true. */
static bool hold(struct call *call, int64_t id, struct user *user)
{
    return db_run(call, USER_HOLD(), NULL) && find_living(call, id, user);
}

static bool leaves_an_admin(struct call *call, const struct user *old, const struct user *wanted)
{
    struct others others;

    if (!is_active_admin(old) || (wanted && is_active_admin(wanted)))
        return true;

    return db_one(call, USER_OTHER_ADMINS(.user_id = old->id), &others_shape, &others)
        && (others.count > 0 || fail_because(call, LAST_ADMIN, .username = old->username));
}

/* What the audit log keeps: of a password what became of it, if anything. */
static const char *user_change_note_of(
    struct call *call, const struct user *user, const char *password)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "username", user->username);
    json_put_text(&json, "email", user->email);
    json_put_text(&json, "role", role_name(user->role));
    json_put_text(&json, "area", user->area);
    json_put_text(&json, "state", user_state_name(user->state));
    if (password)
        json_put_text(&json, "password", password);
    json_close(&json, '}');
    return json.text;
}

/* Notes about roles are kept for ever, so they are an action of their own. */
static enum audit_action action_of(
    const struct user_edit *edit, const struct user *old, const struct user *wanted)
{
    if (edit->action)
        return edit->action;
    if (old->role != wanted->role)
        return AUDIT_USER_ROLE;
    if (old->state != wanted->state)
        return wanted->state == USER_STATE_LOCKED ? AUDIT_USER_LOCK : AUDIT_USER_ACTIVATE;
    return edit->password ? AUDIT_USER_PASSWORD : AUDIT_USER_EDIT;
}

static bool check_words(struct call *call, const struct user_edit *edit)
{
    bool good = (!edit->username || user_check_name(call, edit->username));

    good = user_check_email(call, edit->email) && good;
    if (edit->state && edit->state != USER_STATE_ACTIVE && edit->state != USER_STATE_LOCKED)
        good = fail_field(call, "state", NOT_CHOICE, .choices = "active|locked");
    if (edit->temporary && !edit->password)
        good = fail_field(call, "temporary", WITHOUT_PASSWORD);
    return good;
}

static const char *or_none(const char *text)
{
    return *text ? text : NULL;
}

static bool set_area(struct call *call, const struct user_edit *edit, struct user *wanted)
{
    const bool dispatcher = wanted->role == ROLE_DISPATCHER;

    if (edit->area)
        wanted->area = or_none(edit->area);
    else if (!dispatcher)
        wanted->area = NULL;

    if (wanted->area && !dispatcher)
        return fail_field(call, "area", DISPATCHERS_ONLY);
    return !wanted->area || area_find_name(call, wanted->area, &wanted->area);
}

static bool user_change_apply(struct call *call, const struct user_edit *edit, struct user *wanted)
{
    if (edit->username)
        wanted->username = edit->username;
    if (edit->email)
        wanted->email = or_none(edit->email);
    if (edit->role)
        wanted->role = edit->role;
    if (edit->state)
        wanted->state = edit->state;
    return set_area(call, edit, wanted);
}

/* Before anything is locked: hashing takes its time. */
static bool make_hash(
    struct call *call, int64_t id, const struct user_edit *edit, const char **hash)
{
    struct user user;

    *hash = NULL;
    if (!edit->password)
        return true;

    return find_living(call, id, &user)
        && password_rule_check(
            call, "password", edit->username ? edit->username : user.username, edit->password)
        && password_hash(call, HASH_SLOT_OR_FAIL, edit->password, hash);
}

/* The two unique indexes. */
static bool user_change_say_what_is_taken(struct call *call)
{
    const bool email = is(db_constraint(call), "users_by_email");

    if (call->fault.code != FAULT_CONFLICT)
        return false;

    fail_clear(call);
    return fail_field(call, email ? "email" : "username", TAKEN);
}

static bool user_change_put(
    struct call *call, const struct user *wanted, const char *hash, bool must_change_password)
{
    return db_run(call,
               USER_PUT(.user_id = wanted->id, .username = wanted->username, .email = wanted->email,
                   .role = role_name(wanted->role),
                   .area_key = wanted->area ? text_key(&call->arena, wanted->area) : NULL,
                   .state = user_state_name(wanted->state), .password_hash = hash,
                   .must_change_password = must_change_password),
               NULL)
        || user_change_say_what_is_taken(call);
}

/* A new password must keep out everybody who knew the old one; its owner's session goes on. */
static bool tell_sessions(struct call *call, const struct user *wanted, bool new_password)
{
    const int64_t own = call->person.id == wanted->id ? call->person.session_id : 0;

    const bool active = wanted->state == USER_STATE_ACTIVE;

    return ((active && !new_password) || session_end_all(call, wanted->id, active ? own : 0, NULL))
        && session_announce_change(call, wanted->id);
}

static bool is_no_change(const struct user *old, const struct user *wanted)
{
    return is(old->username, wanted->username) && user_change_is_same(old->email, wanted->email)
        && old->role == wanted->role && user_change_is_same(old->area, wanted->area)
        && old->state == wanted->state;
}

static bool change(struct call *call, const struct user *old, const struct user *wanted,
    const struct user_edit *edit, const char *hash)
{
    const char *password = hash ? (edit->temporary ? "temporary" : "changed") : NULL;

    return user_change_put(call, wanted, hash, edit->temporary)
        && audit_note(call, action_of(edit, old, wanted), old->id,
            user_change_note_of(call, old, NULL), user_change_note_of(call, wanted, password), NULL)
        && (!hash || user_send_mail(call, MAIL_PASSWORD_CHANGED, old->username, old->email))
        && tell_sessions(call, wanted, hash != NULL);
}

bool user_update(struct call *call, int64_t id, const struct user_edit *edit, struct user *user)
{
    struct user old, wanted;
    const char *hash;

    if (!check_words(call, edit) || !make_hash(call, id, edit, &hash) || !hold(call, id, &old))
        return false;

    wanted = old;
    if (!user_change_apply(call, edit, &wanted) || !leaves_an_admin(call, &old, &wanted))
        return false;

    *user = old;
    return (!hash && is_no_change(&old, &wanted))
        || (change(call, &old, &wanted, edit, hash) && user_find(call, id, user));
}

bool user_approve(struct call *call, int64_t id, struct user *user)
{
    const struct user_edit edit = { .state = USER_STATE_ACTIVE, .action = AUDIT_USER_APPROVE };

    return hold(call, id, user)
        && (user->state == USER_STATE_WAITING
            || fail_because(call, NOT_WAITING, .username = user->username))
        && user_update(call, id, &edit, user)
        && user_send_mail(call, MAIL_WELCOME, user->username, user->email);
}

static bool note_unlock(struct call *call, int64_t id)
{
    return audit_note(call, AUDIT_USER_UNLOCK, id, NULL, NULL, NULL);
}

bool user_unlock(struct call *call, int64_t id, struct user *user)
{
    const struct user_edit edit = { .state = USER_STATE_ACTIVE, .action = AUDIT_USER_UNLOCK };

    /* The count before the account: signing in locks them in this order. */
    if (!find_living(call, id, user) || !db_run(call, USER_UNLOCK(.user_id = id), NULL)
        || !hold(call, id, user))
        return false;

    if (user->state == USER_STATE_LOCKED)
        return user_update(call, id, &edit, user);
    return note_unlock(call, id) && user_find(call, id, user);
}

bool user_sign_out(struct call *call, int64_t id, int64_t *ended)
{
    struct user user;

    return find_living(call, id, &user)
        && audit_note(call, AUDIT_USER_SIGN_OUT, id, NULL, NULL, NULL)
        && session_end_all(call, id, 0, ended);
}

static bool tell_of_factor(struct call *call, const struct user *user)
{
    return notice_send(call, user->id, FACTOR_REMOVED)
        && user_send_mail(call, MAIL_TWO_FACTOR_OFF, user->username, user->email);
}

bool user_remove_two_factor(struct call *call, int64_t id)
{
    struct user user;
    bool had;

    if (id == call->person.id)
        return fail_because(call, FACTOR_OWN);

    return hold(call, id, &user) && two_factor_remove(call, id, &had)
        && (had || fail_because(call, FACTOR_NONE, .username = user.username))
        && tell_of_factor(call, &user) && session_end_all(call, id, 0, NULL);
}

bool user_delete(struct call *call, int64_t id)
{
    struct user old;

    return find_living(call, id, &old) && db_run(call, USER_UNLOCK(.user_id = id), NULL)
        && hold(call, id, &old) && leaves_an_admin(call, &old, NULL)
        && audit_note(
            call, AUDIT_USER_DELETE, id, user_change_note_of(call, &old, NULL), NULL, NULL)
        && db_run(call, USER_DELETE(.user_id = id, .password_hash = password_hash_of_nobody), NULL)
        && session_end_all(call, id, 0, NULL) && session_announce_change(call, id);
}

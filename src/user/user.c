#include "user/user.h"

#include <string.h>

#include "audit/audit.h"
#include "auth/password.h"
#include "base/json.h"
#include "base/text.h"
#include "db/db.h"
#include "user/user.sql.h"
#include "user/user_state.h"

#define NAME_SHORTEST 3
#define USER_NAME_LONGEST 40

struct user_id {
    int64_t id;
};

static const struct field user_id_fields[] = { FIELD(struct user_id, id) };
static const struct shape user_id_shape = SHAPE(struct user_id, user_id_fields);

struct user_name {
    bool taken;
};

static const struct field user_name_fields[] = { FIELD(struct user_name, taken) };
static const struct shape user_name_shape = SHAPE(struct user_name, user_name_fields);

static const struct field account_fields[] = {
    FIELD(struct account, id),
    FIELD(struct account, username),
    FIELD_OF(struct account, role, role_set),
    FIELD(struct account, area),
    FIELD(struct account, zone),
    FIELD(struct account, must_change_password),
};

static const struct shape account_shape = SHAPE(struct account, account_fields);

static bool user_name_is_valid(const char *username)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    const size_t length = strlen(username);

    return length >= NAME_SHORTEST && length <= USER_NAME_LONGEST
        && strspn(username, allowed) == length;
}

bool user_check_name(struct call *call, const char *username)
{
    return user_name_is_valid(username)
        || fail_field(
            call, "username", BAD_USERNAME, .least = NAME_SHORTEST, .most = USER_NAME_LONGEST);
}

bool user_check_email(struct call *call, const char *email)
{
    return !email || !*email || mail_address_is_valid(email)
        || fail_field(call, "email", NOT_EMAIL);
}

bool user_send_mail(struct call *call, enum mail_kind kind, const char *username, const char *email)
{
    const struct mail_field fields[] = { { "username", username } };

    return mail_queue(call, kind, email, fields, COUNT_OF(fields));
}

static bool note_creation(struct call *call, const struct user_draft *user, int64_t id)
{
    struct json after = json_new(&call->arena);

    json_open(&after, '{');
    json_put_text(&after, "username", user->username);
    json_put_text(&after, "email", user->email);
    json_put_text(&after, "role", role_name(user->role));
    json_put_bool(&after, "active", user->active);
    json_close(&after, '}');
    return audit_note(
        call, user->active ? AUDIT_USER_CREATE : AUDIT_USER_REGISTER, id, NULL, after.text, NULL);
}

bool user_create_unless_taken(struct call *call, enum hash_slot slot, const struct user_draft *user,
    bool *created, int64_t *id)
{
    const char *email = user->email && *user->email ? user->email : NULL;
    const char *hash;
    struct user_id row;

    if (!user_check_name(call, user->username) || !user_check_email(call, email)
        || !password_hash(call, slot, user->password, &hash)
        || !db_one_or_none(call,
            USER_INSERT(.username = user->username, .email = email, .password_hash = hash,
                .role = role_name(user->role), .area_id = user->area_id,
                .state = user_state_name(user->active ? USER_STATE_ACTIVE : USER_STATE_WAITING),
                .must_change_password = user->temporary),
            &user_id_shape, &row, created))
        return false;
    if (!*created)
        return true;

    *id = row.id;
    return note_creation(call, user, row.id)
        && (!user->active || user_send_mail(call, MAIL_WELCOME, user->username, email));
}

static bool user_say_what_is_taken(struct call *call, const char *username)
{
    struct user_name name;

    return db_one(call, USER_NAME_TAKEN(.username = username), &user_name_shape, &name)
        && fail_field(call, name.taken ? "username" : "email", TAKEN);
}

bool user_create(struct call *call, enum hash_slot slot, const struct user_draft *user, int64_t *id)
{
    bool created;

    return user_create_unless_taken(call, slot, user, &created, id)
        && (created || user_say_what_is_taken(call, user->username));
}

bool user_find_account(struct call *call, int64_t user_id, struct account *account)
{
    return db_one(call, USER_ACCOUNT(.user_id = user_id), &account_shape, account);
}

#include "user/user.h"

#include <string.h>

#include "audit/audit.h"
#include "auth/password.h"
#include "base/json.h"
#include "db/db.h"
#include "user/user.sql.h"

#define NAME_SHORTEST 3
#define NAME_LONGEST 40

struct user_id {
    int64_t id;
};

static const struct field user_id_fields[] = { FIELD(struct user_id, id) };
static const struct shape user_id_shape = SHAPE(struct user_id, user_id_fields);

static const struct field account_fields[] = {
    FIELD(struct account, id),
    FIELD(struct account, username),
    FIELD(struct account, role),
    FIELD(struct account, area),
    FIELD(struct account, zone),
};

static const struct shape account_shape = SHAPE(struct account, account_fields);

bool user_name_is_valid(const char *username)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    const size_t length = strlen(username);

    return length >= NAME_SHORTEST && length <= NAME_LONGEST && strspn(username, allowed) == length;
}

static bool note_creation(struct call *call, const struct user_new *user, int64_t id)
{
    struct json after = json_in(&call->arena);

    json_open(&after, '{');
    json_put_text(&after, "username", user->username);
    json_put_text(&after, "role", role_name(user->role));
    json_put_bool(&after, "active", user->active);
    json_close(&after, '}');
    return audit_note(call, "user_create", "user", id, NULL, after.text, NULL);
}

bool user_create(struct call *call, enum turn turn, const struct user_new *user, int64_t *id)
{
    const char *hash;
    struct user_id created;
    bool found;

    if (!user_name_is_valid(user->username))
        return fail_field(call, "username",
            "needs %d to %d letters, digits, dots, dashes or underscores", NAME_SHORTEST,
            NAME_LONGEST);

    if (!password_hash(call, turn, user->password, &hash)
        || !db_maybe(call, &USER_INSERT,
            DB_ARGS(db_text(user->username), db_text(hash), db_text(role_name(user->role)),
                db_id(call, user->area_id), db_text(user->active ? "active" : "waiting")),
            &user_id_shape, &created, &found))
        return false;
    if (!found)
        return fail_field(call, "username", "is taken");

    *id = created.id;
    return note_creation(call, user, created.id);
}

bool user_account(struct call *call, int64_t user_id, struct account *account)
{
    return db_one(call, &USER_ACCOUNT, DB_ARGS(db_i64(call, user_id)), &account_shape, account);
}

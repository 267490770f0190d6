#include "user/user_list.h"

#include "auth/session.h"
#include "base/text.h"
#include "db/db.h"
#include "user/user_list.sql.h"

static const struct field user_fields[] = {
    FIELD(struct user, cursor),
    FIELD(struct user, id),
    FIELD(struct user, username),
    FIELD(struct user, email),
    FIELD(struct user, role),
    FIELD(struct user, area),
    FIELD(struct user, state),
    FIELD_AS(struct user, created_at, FIELD_TIME),
    FIELD_AS(struct user, signed_in_at, FIELD_TIME),
    FIELD_AS(struct user, locked_until, FIELD_TIME),
    FIELD(struct user, sessions),
};

static const struct shape row_shape = SHAPE(struct user, user_fields);
const struct shape user_shape = { sizeof(struct user), COUNT_OF(user_fields) - 1, user_fields + 1 };

bool user_find_all(struct call *call, const struct user_filter *filter, struct list *users)
{
    int idle_seconds, absolute_seconds;

    session_limits(&idle_seconds, &absolute_seconds);
    return db_rows(call, &USER_LIST,
        DB_ARGS(db_text(filter->after), db_i64(call, filter->count), db_text(filter->q),
            db_text(filter->role), db_text(filter->state), db_text(filter->area),
            db_i64(call, idle_seconds), db_i64(call, absolute_seconds)),
        &row_shape, users);
}

static bool show(struct call *call, int64_t id, const char *username, struct user *user)
{
    int idle_seconds, absolute_seconds;

    session_limits(&idle_seconds, &absolute_seconds);
    return db_one(call, &USER_SHOW,
        DB_ARGS(db_id(call, id), db_text(username), db_i64(call, idle_seconds),
            db_i64(call, absolute_seconds)),
        &row_shape, user);
}

bool user_find(struct call *call, int64_t id, struct user *user)
{
    return show(call, id, NULL, user);
}

bool user_find_named(struct call *call, const char *username, struct user *user)
{
    return show(call, 0, username, user);
}

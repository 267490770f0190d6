#include "user/user_list.h"

#include "auth/org_settings.h"
#include "base/text.h"
#include "db/db.h"
#include "list/listing_page.h"
#include "user/user_list.sql.h"

static const struct field user_fields[] = {
    FIELD_HIDDEN(struct user, key),
    FIELD(struct user, id),
    FIELD(struct user, username),
    FIELD(struct user, email),
    FIELD_OF(struct user, role, role_set),
    FIELD(struct user, area),
    FIELD_OF(struct user, state, user_state_set),
    FIELD_AS(struct user, created_at, FIELD_TIME),
    FIELD_AS(struct user, signed_in_at, FIELD_TIME),
    FIELD_AS(struct user, locked_until, FIELD_TIME),
    FIELD(struct user, sessions),
    FIELD(struct user, two_factor),
};

const struct shape user_shape = SHAPE(struct user, user_fields);

/* One alone, by either; everybody with NO_I64 and NULL. */
struct one {
    int64_t id;
    const char *username;
};

static bool user_list_find(
    struct call *call, const struct user_filter *filter, const struct one *one, struct list *users)
{
    const struct org_settings limits = org_settings_of(call->org_id);

    return db_rows(call,
        USER_LIST(.after = filter->after, .limit = filter->span.count, .q = filter->q,
            .role = filter->role, .state = filter->state, .area = filter->area,
            .idle_seconds = limits.idle_seconds, .absolute_seconds = limits.absolute_seconds,
            .id = one->id, .username = one->username),
        &user_shape, users);
}

bool user_list(struct call *call, const struct user_filter *filter, struct list *users)
{
    return user_list_find(call, filter, &(struct one){ .id = NO_I64 }, users);
}

static bool user_listing_find(struct call *call, const void *filter, struct list *users)
{
    return user_list(call, filter, users);
}

static const struct listing_filter user_filters[] = {
    LISTING_FILTER(struct user_filter, q, "q", LISTING_NAME),
    LISTING_WORDS(struct user_filter, role, "role", role_set),
    LISTING_WORDS(struct user_filter, state, "state", user_state_set),
    LISTING_FILTER(struct user_filter, area, "area", LISTING_NAME),
};

static const struct listing_key user_keys[] = {
    LISTING_KEY(LISTING_KEY_TEXT, struct user, key, struct user_filter, after),
};

static const struct listing_column user_columns[] = {
    { "username", "Name", 20 },
    { "email", "E-mail", 30 },
    { "role", "Role", 12 },
    { "area", "Area", 18 },
    { "state", "State", 12 },
    { "created_at", "Created", 24 },
    { "signed_in_at", "Last signed in", 24 },
    { "locked_until", "Locked until", 24 },
    { "two_factor", "Second factor", 14 },
};

const struct listing user_listing = {
    .name = "users",
    .title = "Users",
    .row = &user_shape,
    .filters = user_filters,
    .filters_count = COUNT_OF(user_filters),
    .keys = user_keys,
    .keys_count = COUNT_OF(user_keys),
    .columns = user_columns,
    .columns_count = COUNT_OF(user_columns),
    .filter_size = sizeof(struct user_filter),
    .find = user_listing_find,
};

static bool find_one(struct call *call, const struct one *one, struct user *user)
{
    struct list users;

    if (!user_list_find(call, &(struct user_filter){ .span.count = 1 }, one, &users))
        return false;
    if (!users.count)
        return fail(call, FAULT_NOT_FOUND, "no such user");

    *user = *(const struct user *)users.items;
    return true;
}

bool user_find(struct call *call, int64_t id, struct user *user)
{
    return find_one(call, &(struct one){ .id = id }, user);
}

bool user_find_by_name(struct call *call, const char *username, struct user *user)
{
    return find_one(
        call, &(struct one){ .id = NO_I64, .username = text_key(&call->arena, username) }, user);
}

#include "notice/notice.h"

#include "base/text.h"
#include "db/db.h"
#include "list/listing_page.h"
#include "mail/mail.h"
#include "notice/notice.sql.h"

/* Of one person. More than that nobody reads. */
#define KEEP 300

static const struct field notice_fields[] = {
    FIELD_HIDDEN(struct notice, read),
    FIELD(struct notice, id),
    FIELD_OF(struct notice, kind, notice_kind_set),
    FIELD_AS(struct notice, params, FIELD_RAW),
    FIELD(struct notice, title),
    FIELD(struct notice, message),
    FIELD(struct notice, link),
    FIELD_AS(struct notice, created_at, FIELD_TIME),
    FIELD_AS(struct notice, read_at, FIELD_TIME),
};

static const struct shape notice_shape = SHAPE(struct notice, notice_fields);

struct admin {
    int64_t id;
};

static const struct field admin_fields[] = { FIELD(struct admin, id) };
static const struct shape admin_shape = SHAPE(struct admin, admin_fields);

static bool notice_insert(
    struct call *call, int64_t user_id, enum notice_kind kind, const char *params)
{
    const struct words_row *row = words_notice(kind);

    return db_run(call,
        NOTICE_INSERT(.user_id = user_id, .kind = row->key, .params = params, .link = row->link,
            .keep = KEEP),
        NULL);
}

bool notice_send_to(struct call *call, int64_t user_id, enum notice_kind kind, const void *params)
{
    return notice_insert(
        call, user_id, kind, words_params(&call->arena, words_notice(kind), params));
}

bool notice_send_to_admins(struct call *call, enum notice_kind kind, const void *params)
{
    const struct words_row *row = words_notice(kind);
    const char *stored = words_params(&call->arena, row, params);
    struct list admins;

    if (!db_rows(call, NOTICE_ADMINS(), &admin_shape, &admins))
        return false;

    for (size_t i = 0; i < admins.count; i++)
        if (!notice_insert(call, ((const struct admin *)admins.items)[i].id, kind, stored))
            return false;
    return mail_queue_alert(call, words_english(&call->arena, row, row->title, stored),
        words_english(&call->arena, row, row->english, stored));
}

static void notice_say(struct arena *arena, struct notice *notice)
{
    const struct words_row *row = words_notice(notice->kind);

    if (notice->kind == NOTICE_NONE)
        return;
    notice->title = words_english(arena, row, row->title, notice->params);
    notice->message = words_english(arena, row, row->english, notice->params);
}

bool notice_list(struct call *call, const struct notice_filter *filter, struct list *notices)
{
    if (!db_rows(call,
            NOTICE_LIST(.user_id = call->person.id, .after_read = filter->after_read,
                .after_id = filter->after_id, .count = filter->span.count),
            &notice_shape, notices))
        return false;

    for (size_t i = 0; i < notices->count; i++)
        notice_say(&call->arena, (struct notice *)notices->items + i);
    return true;
}

bool notice_count_unread(struct call *call, int64_t *count)
{
    return db_value_i64(call, NOTICE_UNREAD(.user_id = call->person.id), count);
}

static bool notice_listing_find(struct call *call, const void *filter, struct list *notices)
{
    return notice_list(call, filter, notices);
}

/* One figure more: the unread ones of all pages. */
static bool notice_listing_add(struct call *call, struct json *json)
{
    int64_t unread;

    if (!notice_count_unread(call, &unread))
        return false;
    json_put_i64(json, "unread", unread);
    return true;
}

static const struct listing_key notice_keys[] = {
    LISTING_KEY(LISTING_KEY_TRUTH, struct notice, read, struct notice_filter, after_read),
    LISTING_KEY(LISTING_KEY_I64, struct notice, id, struct notice_filter, after_id),
};

const struct listing notice_listing = {
    .name = "notifications",
    .row = &notice_shape,
    .keys = notice_keys,
    .keys_count = COUNT_OF(notice_keys),
    .filter_size = sizeof(struct notice_filter),
    .find = notice_listing_find,
    .add = notice_listing_add,
};

static bool notice_unknown(struct call *call, int64_t id)
{
    return fail(call, FAULT_NOT_FOUND, "notification %lld", (long long)id);
}

bool notice_mark_read(struct call *call, int64_t id)
{
    const int64_t user_id = call->person.id;
    bool exists;

    return db_run(call, NOTICE_READ(.user_id = user_id, .id = id), NULL)
        && db_value_bool(call, NOTICE_EXISTS(.user_id = user_id, .id = id), &exists)
        && (exists || notice_unknown(call, id));
}

bool notice_mark_all_read(struct call *call, int64_t *count)
{
    return db_run(call, NOTICE_READ(.user_id = call->person.id, .id = 0), count);
}

bool notice_delete(struct call *call, int64_t id)
{
    int64_t gone;

    return db_run(call, NOTICE_DELETE(.user_id = call->person.id, .id = id), &gone)
        && (gone || notice_unknown(call, id));
}

#include "notice/notice.h"

#include "base/text.h"
#include "db/db.h"
#include "mail/mail.h"
#include "notice/notice.sql.h"

/* Of one person. More than that nobody reads. */
#define KEEP 300

static const struct field notice_fields[] = {
    FIELD(struct notice, cursor),
    FIELD(struct notice, id),
    FIELD(struct notice, title),
    FIELD(struct notice, message),
    FIELD(struct notice, link),
    FIELD_AS(struct notice, created_at, FIELD_TIME),
    FIELD_AS(struct notice, read_at, FIELD_TIME),
};

static const struct shape notice_row_shape = SHAPE(struct notice, notice_fields);
const struct shape notice_shape = { sizeof(struct notice), COUNT_OF(notice_fields) - 1,
    notice_fields + 1 };

struct admin {
    int64_t id;
};

static const struct field admin_fields[] = { FIELD(struct admin, id) };
static const struct shape admin_shape = SHAPE(struct admin, admin_fields);

bool notice_send(
    struct call *call, int64_t user_id, const char *title, const char *message, const char *link)
{
    return db_run(call,
        NOTICE_INSERT(.user_id = user_id, .title = title, .message = message, .link = link,
            .keep = KEEP),
        NULL);
}

bool notice_send_admins(struct call *call, const char *title, const char *message, const char *link)
{
    struct list admins;

    if (!db_rows(call, NOTICE_ADMINS(), &admin_shape, &admins))
        return false;

    for (size_t i = 0; i < admins.count; i++)
        if (!notice_send(call, ((const struct admin *)admins.items)[i].id, title, message, link))
            return false;
    return mail_queue_alert(call, title, message);
}

/* "0.17": the unread ones were at number 17. */
static bool notice_read_cursor(
    struct call *call, const char *cursor, const char **read, int64_t *id)
{
    *read = NULL;
    *id = NO_I64;
    if (!cursor)
        return true;
    if ((*cursor != '0' && *cursor != '1') || cursor[1] != '.'
        || !text_to_i64(cursor + 2, 1, INT64_MAX, id))
        return fail_field(call, "cursor", "is not one of ours");

    *read = *cursor == '1' ? "t" : "f";
    return true;
}

bool notice_list(struct call *call, const char *cursor, int64_t count, struct list *notices)
{
    const char *read;
    int64_t id;

    return notice_read_cursor(call, cursor, &read, &id)
        && db_rows(call,
            NOTICE_LIST(.user_id = call->person.id, .after_read = read, .after_id = id,
                .count = count),
            &notice_row_shape, notices);
}

bool notice_count_unread(struct call *call, int64_t *count)
{
    return db_value_i64(call, NOTICE_UNREAD(.user_id = call->person.id), count);
}

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

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

static const struct shape row_shape = SHAPE(struct notice, notice_fields);
const struct shape notice_shape = { sizeof(struct notice), COUNT_OF(notice_fields) - 1,
    notice_fields + 1 };

struct admin {
    int64_t id;
};

static const struct field admin_fields[] = { FIELD(struct admin, id) };
static const struct shape admin_shape = SHAPE(struct admin, admin_fields);

struct unread {
    int64_t count;
};

static const struct field unread_fields[] = { FIELD(struct unread, count) };
static const struct shape unread_shape = SHAPE(struct unread, unread_fields);

struct presence {
    bool exists;
};

static const struct field presence_fields[] = { FIELD(struct presence, exists) };
static const struct shape presence_shape = SHAPE(struct presence, presence_fields);

bool notice_send(
    struct call *call, int64_t user_id, const char *title, const char *message, const char *link)
{
    return db_run(call, &NOTICE_INSERT,
        DB_ARGS(db_i64(call, user_id), db_text(title), db_text(message), db_text(link),
            db_i64(call, KEEP)),
        NULL);
}

bool notice_send_admins(struct call *call, const char *title, const char *message, const char *link)
{
    struct list admins;

    if (!db_rows(call, &NOTICE_ADMINS, DB_NO_ARGS, &admin_shape, &admins))
        return false;

    for (size_t i = 0; i < admins.count; i++)
        if (!notice_send(call, ((const struct admin *)admins.items)[i].id, title, message, link))
            return false;
    return mail_alert(call, title, message);
}

/* "0.17": the unread ones were at number 17. */
static bool read_cursor(struct call *call, const char *cursor, struct db_param *read, int64_t *id)
{
    *read = db_text(NULL);
    *id = NO_I64;
    if (!cursor)
        return true;
    if ((*cursor != '0' && *cursor != '1') || cursor[1] != '.'
        || !text_to_i64(cursor + 2, 1, INT64_MAX, id))
        return fail_field(call, "cursor", "is not one of ours");

    *read = db_bool(*cursor == '1');
    return true;
}

bool notice_find_all(struct call *call, const char *cursor, int64_t count, struct list *notices)
{
    struct db_param read;
    int64_t id;

    return read_cursor(call, cursor, &read, &id)
        && db_rows(call, &NOTICE_LIST,
            DB_ARGS(db_i64(call, call->person.id), read, db_i64(call, id), db_i64(call, count)),
            &row_shape, notices);
}

bool notice_count_unread(struct call *call, int64_t *count)
{
    struct unread unread;

    if (!db_one(
            call, &NOTICE_UNREAD, DB_ARGS(db_i64(call, call->person.id)), &unread_shape, &unread))
        return false;

    *count = unread.count;
    return true;
}

static bool unknown(struct call *call, int64_t id)
{
    return fail(call, FAULT_NOT_FOUND, "notification %lld", (long long)id);
}

bool notice_mark_read(struct call *call, int64_t id)
{
    const struct db_args args = DB_ARGS(db_i64(call, call->person.id), db_i64(call, id));
    struct presence presence;

    return db_run(call, &NOTICE_READ, args, NULL)
        && db_one(call, &NOTICE_EXISTS, args, &presence_shape, &presence)
        && (presence.exists || unknown(call, id));
}

bool notice_mark_all_read(struct call *call, int64_t *count)
{
    return db_run(
        call, &NOTICE_READ, DB_ARGS(db_i64(call, call->person.id), db_id(call, 0)), count);
}

bool notice_drop(struct call *call, int64_t id)
{
    int64_t gone;

    return db_run(call, &NOTICE_DELETE, DB_ARGS(db_i64(call, call->person.id), db_i64(call, id)),
               &gone)
        && (gone || unknown(call, id));
}

#include "audit/audit.h"

#include <string.h>

#include "audit/anonymise.h"
#include "audit/audit.sql.h"
#include "base/text.h"
#include "db/db.h"

static bool anonymises = true;

struct action_row {
    const char *entity;
    bool kept;
};

static const struct action_row audit_actions[AUDIT_ACTION_COUNT] = {
#define ACTION(action, word, entity, kept) [action] = { entity, kept },
#include "audit/action.def"
#undef ACTION
};

static const char *const audit_action_words[] = {
    NULL,
#define ACTION(action, word, entity, kept) word,
#include "audit/action.def"
#undef ACTION
};

const struct word_set audit_action_set = WORD_SET(audit_action, audit_action_words);

bool audit_action_is_kept(enum audit_action action)
{
    return audit_actions[action].kept;
}

static const struct field audit_row_fields[] = {
    FIELD(struct audit_row, cursor),
    FIELD(struct audit_row, id),
    FIELD_AS(struct audit_row, at, FIELD_TIME),
    FIELD(struct audit_row, user),
    FIELD(struct audit_row, action),
    FIELD(struct audit_row, entity),
    FIELD(struct audit_row, entity_id),
    FIELD(struct audit_row, name),
    FIELD_AS(struct audit_row, before, FIELD_RAW),
    FIELD_AS(struct audit_row, after, FIELD_RAW),
    FIELD(struct audit_row, reason),
    FIELD(struct audit_row, address),
    FIELD(struct audit_row, request_id),
};

const struct shape audit_row_shape = SHAPE(struct audit_row, audit_row_fields);

void audit_anonymise_set(bool anonymise)
{
    anonymises = anonymise;
}

static const char *address_of(struct call *call)
{
    const char *address = call->address ? call->address : "";

    return anonymises ? anonymise_address(&call->arena, address) : address;
}

static const char *text_of(struct call *call, const char *text, bool is_json)
{
    return anonymises ? anonymise_text(&call->arena, text, is_json) : text;
}

bool audit_note(struct call *call, enum audit_action action, int64_t entity_id, const char *before,
    const char *after, const char *reason)
{
    return db_run(call,
        AUDIT_INSERT(.user_id = call->person.id, .action = word_set_word(&audit_action_set, action),
            .entity = audit_actions[action].entity, .entity_id = entity_id,
            .before = text_of(call, before, true), .after = text_of(call, after, true),
            .reason = text_of(call, reason, false), .address = address_of(call),
            .request_id = call->request_id),
        NULL);
}

/* "<microseconds>.<id>", as the list makes it. */
static bool audit_read_cursor(struct call *call, const char *cursor, int64_t *us, int64_t *id)
{
    *us = *id = NO_I64;
    if (!cursor)
        return true;

    const size_t length = strcspn(cursor, ".");

    return (cursor[length]
               && text_to_i64(arena_bytes(&call->arena, cursor, length), 0, INT64_MAX / 2, us)
               && text_to_i64(cursor + length + 1, 0, INT64_MAX, id))
        || fail_field(call, "cursor", "is not one of ours");
}

bool audit_list(struct call *call, const struct audit_filter *filter, struct list *rows)
{
    int64_t us, id;

    return audit_read_cursor(call, filter->cursor, &us, &id)
        && db_rows(call,
            AUDIT_LIST(.before_us = us, .before_id = id, .limit = filter->count,
                .username = filter->user, .action = filter->action, .entity = filter->entity,
                .from = filter->from, .to = filter->to),
            &audit_row_shape, rows);
}

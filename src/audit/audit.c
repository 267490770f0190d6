#include "audit/audit.h"

#include "audit/anonymise.h"
#include "audit/audit.sql.h"
#include "auth/org_settings.h"
#include "base/text.h"
#include "db/db.h"
#include "db/records.h"
#include "list/listing_page.h"

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
    FIELD_HIDDEN(struct audit_row, us),
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

static const struct shape audit_row_shape = SHAPE(struct audit_row, audit_row_fields);

static const char *address_of(struct call *call, const char *address)
{
    const char *known = address ? address : "";

    return org_settings_of(call->org_id).anonymise ? anonymise_address(&call->arena, known) : known;
}

static const char *text_of(struct call *call, const char *text, bool is_json)
{
    return org_settings_of(call->org_id).anonymise ? anonymise_text(&call->arena, text, is_json)
                                                   : text;
}

bool audit_note(struct call *call, enum audit_action action, int64_t entity_id, const char *before,
    const char *after, const char *reason)
{
    return db_run(call,
        AUDIT_INSERT(.user_id = call->person.id, .action = word_set_word(&audit_action_set, action),
            .entity = audit_actions[action].entity, .entity_id = entity_id,
            .before = text_of(call, before, true), .after = text_of(call, after, true),
            .reason = text_of(call, reason, false), .address = address_of(call, call->address),
            .request_id = call->request_id),
        NULL);
}

#define AUDIT_TEXTS(member) records_texts(call, &records, offsetof(struct audit_item, member))
#define AUDIT_I64S(member) records_i64s(call, &records, offsetof(struct audit_item, member))

void audit_note_many(struct call *call, struct db_pipeline *pipeline, enum audit_action action,
    const struct audit_item *items, size_t count)
{
    struct audit_item *stored = NEW_ARRAY(&call->arena, struct audit_item, count);
    struct records records = records_new(call, count);

    for (size_t i = 0; i < count; i++) {
        stored[i] = (struct audit_item){ items[i].user_id, items[i].entity_id,
            text_of(call, items[i].before, true), text_of(call, items[i].after, true),
            address_of(call, items[i].address), items[i].request_id };
        records_add(&records, &stored[i]);
    }
    if (count)
        db_pipeline_add(call, pipeline,
            AUDIT_INSERT_MANY(.action = word_set_word(&audit_action_set, action),
                .entity = audit_actions[action].entity, .user_ids = AUDIT_I64S(user_id),
                .entity_ids = AUDIT_I64S(entity_id), .befores = AUDIT_TEXTS(before),
                .afters = AUDIT_TEXTS(after), .addresses = AUDIT_TEXTS(address),
                .request_ids = AUDIT_TEXTS(request_id)));
}

static bool audit_listing_find(struct call *call, const void *asked, struct list *rows)
{
    const struct audit_filter *filter = asked;

    return db_rows(call,
        AUDIT_LIST(.before_us = filter->before_us, .before_id = filter->before_id,
            .limit = filter->span.count, .username = filter->user, .action = filter->action,
            .entity = filter->entity, .since_us = filter->since_us, .until_us = filter->until_us),
        &audit_row_shape, rows);
}

static const struct listing_filter audit_filters[] = {
    LISTING_FILTER(struct audit_filter, user, "user", LISTING_NAME),
    LISTING_FILTER(struct audit_filter, action, "action", LISTING_TEXT),
    LISTING_FILTER(struct audit_filter, entity, "entity", LISTING_TEXT),
    LISTING_FILTER(struct audit_filter, since_us, "from", LISTING_FROM),
    LISTING_FILTER(struct audit_filter, until_us, "to", LISTING_TO),
};

static const struct listing_key audit_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct audit_row, us, struct audit_filter, before_us),
    LISTING_KEY(LISTING_KEY_I64, struct audit_row, id, struct audit_filter, before_id),
};

static const struct listing_column audit_columns[] = {
    { "id", "Note", 10 },
    { "at", "When", 24 },
    { "user", "Who", 20 },
    { "action", "Action", 20 },
    { "entity", "Thing", 12 },
    { "entity_id", "Number of the thing", 12 },
    { "name", "Name of the thing", 20 },
    { "before", "Before", 40 },
    { "after", "After", 40 },
    { "reason", "Reason", 40 },
    { "address", "Address", 18 },
    { "request_id", "Request", 36 },
};

const struct listing audit_listing = {
    .name = "audit",
    .title = "Audit",
    .row = &audit_row_shape,
    .filters = audit_filters,
    .filters_count = COUNT_OF(audit_filters),
    .keys = audit_keys,
    .keys_count = COUNT_OF(audit_keys),
    .filter_size = sizeof(struct audit_filter),
    .columns = audit_columns,
    .columns_count = COUNT_OF(audit_columns),
    .find = audit_listing_find,
};

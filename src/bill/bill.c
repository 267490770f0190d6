#include "bill/bill.h"

#include <string.h>

#include "audit/audit.h"
#include "base/json.h"
#include "base/text.h"
#include "bill/announce.h"
#include "bill/bill.sql.h"
#include "bill/bill_check.h"
#include "db/db.h"
#include "list/listing_page.h"
#include "stats/counter.h"

static const char *const bill_status_words[] = {
    NULL,
#define WORD(name, word) word,
#include "bill/bill_status.def"
#undef WORD
};

const struct word_set bill_status_set = WORD_SET(bill_status, bill_status_words);

const char *bill_status_name(enum bill_status status)
{
    return word_set_word(&bill_status_set, status);
}

static const struct field bill_fields[] = {
    FIELD_HIDDEN(struct bill, us),
    FIELD_HIDDEN(struct bill, id),
    FIELD(struct bill, code),
    FIELD(struct bill, description),
    FIELD_OF(struct bill, status, bill_status_set),
    FIELD(struct bill, capacity),
    FIELD(struct bill, linked),
    FIELD(struct bill, remaining),
    FIELD(struct bill, percent),
    FIELD(struct bill, returned),
    FIELD(struct bill, children),
    FIELD_AS(struct bill, weight_kg, FIELD_KG),
    FIELD_AS(struct bill, expected_weight_kg, FIELD_KG),
    FIELD_AS(struct bill, difference_kg, FIELD_KG),
    FIELD(struct bill, created_by),
    FIELD_AS(struct bill, created_at, FIELD_TIME),
    FIELD_AS(struct bill, updated_at, FIELD_TIME),
    FIELD(struct bill, short_reason),
};

const struct shape bill_shape = SHAPE(struct bill, bill_fields);

/* What the audit log keeps of a bill. */
static const struct field bill_note_fields[] = {
    FIELD(struct bill, code),
    FIELD(struct bill, description),
    FIELD_OF(struct bill, status, bill_status_set),
    FIELD(struct bill, capacity),
    FIELD(struct bill, linked),
    FIELD(struct bill, returned),
    FIELD(struct bill, short_reason),
};

static const struct shape note_shape = SHAPE(struct bill, bill_note_fields);

struct bill_id_row {
    int64_t id;
};

static const struct field bill_id_fields[] = { FIELD(struct bill_id_row, id) };
static const struct shape bill_id_shape = SHAPE(struct bill_id_row, bill_id_fields);

struct freed_row {
    int64_t freed;
};

static const struct field freed_fields[] = { FIELD(struct freed_row, freed) };
static const struct shape freed_shape = SHAPE(struct freed_row, freed_fields);

static const char *bill_note_of(struct call *call, const struct bill *bill)
{
    struct json json = json_new(&call->arena);

    json_record(&json, &note_shape, bill);
    return json.text;
}

static bool bill_is_completed(const struct bill *bill)
{
    return bill->status == BILL_STATUS_COMPLETED;
}

static enum bill_status open_status(const struct bill *bill)
{
    return bill->linked ? BILL_STATUS_PROCESSING : BILL_STATUS_NEW;
}

/* Not FAULT_NOT_FOUND's bare words: who scans at a bill that was just deleted should know which. */
static bool bill_unknown(struct call *call, const char *code)
{
    return fail_because(call, BILL_UNKNOWN, .bill = code);
}

const char *bill_code_clean(struct call *call, const char *text)
{
    return text_clean(&call->arena, text);
}

bool bill_find(struct call *call, const char *code, struct bill *bill)
{
    bool found;

    return db_one_or_none(call, BILL_BY_CODE(.code = code), &bill_shape, bill, &found)
        && (found || bill_unknown(call, code));
}

static bool bill_listing_find(struct call *call, const void *asked, struct list *bills)
{
    const struct bill_filter *filter = asked;

    return db_rows(call,
        BILL_LIST(.status = filter->status, .user = filter->user, .since_us = filter->since_us,
            .until_us = filter->until_us, .q = filter->q, .before_us = filter->before_us,
            .before_id = filter->before_id, .count = filter->span.count),
        &bill_shape, bills);
}

static bool bill_listing_count(struct call *call, const void *asked, struct listing_count *count)
{
    const struct bill_filter *filter = asked;

    return db_one(call,
        BILL_COUNT(.status = filter->status, .user = filter->user, .since_us = filter->since_us,
            .until_us = filter->until_us, .q = filter->q, .most = filter->span.count),
        &listing_count_shape, count);
}

static const struct listing_filter bill_filters[] = {
    LISTING_WORDS(struct bill_filter, status, "status", bill_status_set),
    LISTING_FILTER(struct bill_filter, user, "user", LISTING_NAME),
    LISTING_FILTER(struct bill_filter, since_us, "from", LISTING_FROM),
    LISTING_FILTER(struct bill_filter, until_us, "to", LISTING_TO),
    LISTING_CLEANED(struct bill_filter, q, "q", bill_code_clean),
};

static const struct listing_key bill_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct bill, us, struct bill_filter, before_us),
    LISTING_KEY(LISTING_KEY_I64, struct bill, id, struct bill_filter, before_id),
};

static const struct listing_column bill_columns[] = {
    { "code", "Code", 20 },
    { "description", "Description", 40 },
    { "status", "State", 14 },
    { "capacity", "Capacity", 10 },
    { "linked", "Linked", 10 },
    { "remaining", "Remaining", 10 },
    { "returned", "Returned", 10 },
    { "children", "Children", 10 },
    { "weight_kg", "Weight in kg", 14 },
    { "expected_weight_kg", "Expected weight in kg", 14 },
    { "difference_kg", "Difference in kg", 14 },
    { "created_by", "By", 20 },
    { "created_at", "Created", 24 },
    { "updated_at", "Changed", 24 },
    { "short_reason", "Finished short because", 40 },
};

const struct listing bill_listing = {
    .name = "bills",
    .title = "Bills",
    .row = &bill_shape,
    .filters = bill_filters,
    .filters_count = COUNT_OF(bill_filters),
    .keys = bill_keys,
    .keys_count = COUNT_OF(bill_keys),
    .columns = bill_columns,
    .columns_count = COUNT_OF(bill_columns),
    .filter_size = sizeof(struct bill_filter),
    .find = bill_listing_find,
    .count = bill_listing_count,
};

static bool bill_lock(struct call *call, const char *code, struct bill *bill)
{
    struct bill_id_row row;
    bool found;

    return db_one_or_none(call, BILL_LOCK(.code = code), &bill_id_shape, &row, &found)
        && (found || bill_unknown(call, code)) && bill_find(call, code, bill);
}

bool bill_create(struct call *call, const struct bill_draft *draft, struct bill *bill)
{
    const struct bill_draft clean = { .code = bill_code_clean(call, draft->code),
        .description = draft->description ? draft->description : "",
        .capacity = draft->capacity };
    struct bill_id_row row;
    bool made;

    if (!bill_check_draft(call, &clean)
        || !db_one_or_none(call,
            BILL_CREATE(.slot = counter_slot(call), .code = clean.code, .capacity = clean.capacity,
                .description = clean.description,
                .description_key = text_key(&call->arena, clean.description),
                .user_id = call->person.id),
            &bill_id_shape, &row, &made))
        return false;
    if (!made)
        return fail_because(call, BILL_EXISTS, .bill = clean.code);

    return bill_find(call, clean.code, bill)
        && audit_note(call, AUDIT_BILL_CREATE, row.id, NULL, bill_note_of(call, bill), NULL);
}

/* What the audit note has besides `before` and `after`. */
struct bill_audit {
    enum audit_action action;
    const char *reason;
};

/* Write `wanted` over `old` and read it back into *bill. */
static bool bill_put(struct call *call, struct bill_audit audit, const struct bill *old,
    const struct bill *wanted, struct bill *bill)
{
    return db_run(call,
               BILL_PUT(.slot = counter_slot(call), .bill_id = old->id,
                   .description = wanted->description,
                   .description_key = text_key(&call->arena, wanted->description),
                   .capacity = wanted->capacity, .status = bill_status_name(wanted->status),
                   .short_reason = wanted->short_reason),
               NULL)
        && bill_find(call, old->code, bill)
        && audit_note(call, audit.action, old->id, bill_note_of(call, old),
            bill_note_of(call, bill), audit.reason)
        && (bill_is_completed(old) || !bill_is_completed(wanted)
            || bill_announce_later(call, old->id));
}

/* What another capacity makes of a bill. */
static void set_capacity(struct bill *bill, int64_t capacity)
{
    if (capacity == bill->linked)
        bill->status = BILL_STATUS_COMPLETED;
    else if (capacity > bill->capacity)
        bill->status = open_status(bill);

    bill->capacity = capacity;
    if (!bill_is_completed(bill) || bill->linked + bill->returned >= capacity)
        bill->short_reason = NULL;
}

/* Another capacity is all that can change the status here. */
static bool bill_is_same(const struct bill *one, const struct bill *other)
{
    return one->capacity == other->capacity && strcmp(one->description, other->description) == 0;
}

bool bill_update(
    struct call *call, const char *code, const struct bill_edit *edit, struct bill *bill)
{
    struct bill old;

    if ((edit->description && !bill_check_description(call, edit->description))
        || (edit->capacity != NO_I64 && !bill_check_capacity(call, edit->capacity))
        || !bill_lock(call, code, &old))
        return false;
    if (edit->capacity != NO_I64 && edit->capacity < old.linked)
        return fail_field(call, "capacity", BILL_HOLDS_MORE, .linked = old.linked);

    struct bill wanted = old;

    if (edit->description)
        wanted.description = edit->description;
    if (edit->capacity != NO_I64 && edit->capacity != old.capacity)
        set_capacity(&wanted, edit->capacity);

    *bill = old;
    return bill_is_same(&old, &wanted)
        || bill_put(call, (struct bill_audit){ AUDIT_BILL_EDIT, NULL }, &old, &wanted, bill);
}

bool bill_finish(struct call *call, const char *code, const char *reason, struct bill *bill)
{
    struct bill old;

    if (!bill_lock(call, code, &old))
        return false;
    if (bill_is_completed(&old))
        return fail_because(call, BILL_COMPLETED, .bill = code);
    if (!old.linked)
        return fail_because(call, BILL_EMPTY, .bill = code);
    if (!bill_check_reason(call, reason))
        return false;

    struct bill wanted = old;

    wanted.status = BILL_STATUS_COMPLETED;
    wanted.short_reason = reason;
    return bill_put(call, (struct bill_audit){ AUDIT_BILL_FINISH, reason }, &old, &wanted, bill);
}

bool bill_reopen(struct call *call, const char *code, const char *reason, struct bill *bill)
{
    struct bill old;

    if (!bill_check_reason(call, reason) || !bill_lock(call, code, &old))
        return false;
    if (!bill_is_completed(&old))
        return fail_because(call, BILL_OPEN, .bill = code);
    if (old.linked == old.capacity)
        return fail_because(call, BILL_FULL, .bill = code);

    struct bill wanted = old;

    wanted.status = open_status(&old);
    wanted.short_reason = NULL;
    return bill_put(call, (struct bill_audit){ AUDIT_BILL_REOPEN, reason }, &old, &wanted, bill);
}

bool bill_delete(struct call *call, const char *code, int64_t *freed)
{
    struct freed_row row;
    struct bill old;

    /* Found, not locked: the statement itself locks, bags before the bill. */
    if (!bill_find(call, code, &old)
        || !db_one(call,
            BILL_DELETE(.slot = counter_slot(call), .code = code, .user_id = call->person.id),
            &freed_shape, &row))
        return false;

    *freed = row.freed;
    return audit_note(call, AUDIT_BILL_DELETE, old.id, bill_note_of(call, &old),
        arena_format(&call->arena, "{\"freed\":%d}", (int)row.freed), NULL);
}

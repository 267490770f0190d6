#include "bill/bill_bag.h"

#include <string.h>

#include "audit/audit.h"
#include "base/json.h"
#include "base/text.h"
#include "base/uuid.h"
#include "bill/bill_bag.sql.h"
#include "db/db.h"
#include "stats/counter.h"

#define MAX_UUID "ffffffff-ffff-ffff-ffff-ffffffffffff"

static const struct field bill_bag_fields[] = {
    FIELD(struct bill_bag, cursor),
    FIELD(struct bill_bag, qr),
    FIELD(struct bill_bag, family),
    FIELD(struct bill_bag, child_count),
    FIELD(struct bill_bag, capacity),
    FIELD_AS(struct bill_bag, weight_kg, FIELD_KG),
    FIELD_AS(struct bill_bag, expected_weight_kg, FIELD_KG),
    FIELD_OF(struct bill_bag, status, bag_status_set),
    FIELD_AS(struct bill_bag, linked_at, FIELD_TIME),
    FIELD(struct bill_bag, linked_by),
};

static const struct field event_fields[] = {
    FIELD(struct bill_event, cursor),
    FIELD(struct bill_event, id),
    FIELD_AS(struct bill_event, at, FIELD_TIME),
    FIELD(struct bill_event, action),
    FIELD(struct bill_event, user),
    FIELD(struct bill_event, reason),
    FIELD(struct bill_event, bag),
    FIELD(struct bill_event, verdict),
    FIELD_AS(struct bill_event, before, FIELD_RAW),
    FIELD_AS(struct bill_event, after, FIELD_RAW),
};

static const struct shape bill_bag_row_shape = SHAPE(struct bill_bag, bill_bag_fields);
static const struct shape event_row_shape = SHAPE(struct bill_event, event_fields);

const struct shape bill_bag_shape = { sizeof(struct bill_bag), COUNT_OF(bill_bag_fields) - 1,
    bill_bag_fields + 1 };
const struct shape bill_event_shape = { sizeof(struct bill_event), COUNT_OF(event_fields) - 1,
    event_fields + 1 };

struct removed_row {
    enum bill_status status;
    int64_t linked;
};

static const struct field removed_fields[] = {
    FIELD_OF(struct removed_row, status, bill_status_set),
    FIELD(struct removed_row, linked),
};

static const struct shape removed_shape = SHAPE(struct removed_row, removed_fields);

static bool bad_cursor(struct call *call)
{
    return fail_field(call, "cursor", "is not one of ours");
}

/* "<microseconds since 1970>.<what names the row>"; returns the latter, or NULL. */
static const char *cursor_split(struct call *call, const char *cursor, int64_t *before_us)
{
    char *text = arena_text(&call->arena, cursor);
    char *point = strchr(text, '.');

    if (!point)
        return NULL;
    *point = '\0';
    /* The year 2100 and some; beyond, the database could not add. */
    return text_to_i64(text, 0, INT64_C(5000000000000000), before_us) ? point + 1 : NULL;
}

bool bill_cursor_read(struct call *call, const char *cursor, int64_t *before_us, int64_t *before_id)
{
    *before_us = *before_id = NO_I64;
    if (!cursor)
        return true;

    const char *rest = cursor_split(call, cursor, before_us);

    return (rest && text_to_i64(rest, 0, INT64_MAX, before_id)) || bad_cursor(call);
}

/* Behind which note of the audit log, and behind which scan, the page goes on. */
struct event_place {
    int64_t us, note;
    const char *scan;
};

/*
 * Of one moment the notes come before the scans: behind a note all scans of its moment are still to
 * come, behind a scan no note is.
 */
static bool read_event_cursor(struct call *call, const char *cursor, struct event_place *place)
{
    unsigned char id[16];

    *place = (struct event_place){ .us = NO_I64, .note = NO_I64 };
    if (!cursor)
        return true;

    const char *rest = cursor_split(call, cursor, &place->us);

    if (!rest)
        return bad_cursor(call);

    if (text_to_uuid(rest, id)) {
        place->note = 0;
        place->scan = rest;
        return true;
    }
    place->scan = MAX_UUID;
    return text_to_i64(rest, 0, INT64_MAX, &place->note) || bad_cursor(call);
}

bool bill_bag_list(
    struct call *call, const char *code, const struct bill_page *page, struct list *bags)
{
    int64_t before_us, before_id;
    struct bill bill;

    return bill_cursor_read(call, page->cursor, &before_us, &before_id)
        && bill_find(call, code, &bill)
        && db_rows(call,
            BILL_BAGS(.bill_id = bill.id, .before_us = before_us, .before_id = before_id,
                .count = page->count),
            &bill_bag_row_shape, bags);
}

bool bill_event_list(
    struct call *call, const char *code, const struct bill_page *page, struct list *events)
{
    struct event_place place;
    struct bill bill;

    return read_event_cursor(call, page->cursor, &place) && bill_find(call, code, &bill)
        && db_rows(call,
            BILL_EVENTS(.bill_id = bill.id, .before_us = place.us, .before_note = place.note,
                .before_scan = place.scan, .count = page->count),
            &event_row_shape, events);
}

static const char *standing(
    struct call *call, const char *qr, enum bill_status status, int64_t linked)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "bag", qr);
    json_put_text(&json, "status", bill_status_name(status));
    json_put_i64(&json, "linked", linked);
    json_close(&json, '}');
    return json.text;
}

static bool remove_from(
    struct call *call, int64_t bill_id, const char *qr, struct removed_row *old, bool *removed)
{
    unsigned char id[16];
    char scan_id[37];

    uuid7_create(id);
    uuid_to_text(id, scan_id);
    return db_one_or_none(call,
        BILL_BAG_REMOVE(.slot = counter_slot(call), .bill_id = bill_id, .code = qr,
            .scan_id = scan_id, .user_id = call->person.id),
        &removed_shape, old, removed);
}

bool bill_bag_remove(struct call *call, const char *code, const char *qr, struct bill *bill)
{
    struct removed_row old;
    bool removed;

    if (!bill_find(call, code, bill) || !remove_from(call, bill->id, qr, &old, &removed))
        return false;
    if (!removed)
        return fail_with_message(call, FAULT_NOT_FOUND, "%s is not on bill %s.", qr, code);

    return bill_find(call, code, bill)
        && audit_note(call, AUDIT_BILL_REMOVE_BAG, bill->id,
            standing(call, qr, old.status, old.linked),
            standing(call, qr, bill->status, bill->linked), NULL);
}

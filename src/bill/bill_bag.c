#include "bill/bill_bag.h"

#include "audit/audit.h"
#include "base/json.h"
#include "base/text.h"
#include "base/uuid.h"
#include "bill/bill_bag.sql.h"
#include "db/db.h"
#include "list/listing_page.h"
#include "stats/counter.h"

static const struct field bill_bag_fields[] = {
    FIELD_HIDDEN(struct bill_bag, us),
    FIELD_HIDDEN(struct bill_bag, id),
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
    FIELD_HIDDEN(struct bill_event, us),
    FIELD_HIDDEN(struct bill_event, note),
    FIELD_HIDDEN(struct bill_event, scan),
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

struct removed_row {
    enum bill_status status;
    int64_t linked;
};

static const struct field removed_fields[] = {
    FIELD_OF(struct removed_row, status, bill_status_set),
    FIELD(struct removed_row, linked),
};

static const struct shape removed_shape = SHAPE(struct removed_row, removed_fields);

static bool bill_bags_listing_find(struct call *call, const void *asked, struct list *bags)
{
    const struct bill_bags_filter *filter = asked;
    struct bill bill;

    return bill_find(call, filter->code, &bill)
        && db_rows(call,
            BILL_BAGS(.bill_id = bill.id, .before_us = filter->before_us,
                .before_id = filter->before_id, .count = filter->span.count),
            &bill_bag_row_shape, bags);
}

static bool bill_events_listing_find(struct call *call, const void *asked, struct list *events)
{
    const struct bill_events_filter *filter = asked;
    struct bill bill;

    return bill_find(call, filter->code, &bill)
        && db_rows(call,
            BILL_EVENTS(.bill_id = bill.id, .before_us = filter->before_us,
                .before_note = filter->before_note, .before_scan = filter->before_scan,
                .count = filter->span.count),
            &event_row_shape, events);
}

static const struct listing_filter bill_bags_filters[] = {
    LISTING_OF_PATH(struct bill_bags_filter, code, "code", bill_code_clean),
};

static const struct listing_key bill_bags_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct bill_bag, us, struct bill_bags_filter, before_us),
    LISTING_KEY(LISTING_KEY_I64, struct bill_bag, id, struct bill_bags_filter, before_id),
};

static const struct listing_column bill_bags_columns[] = {
    { "qr", "Code", 20 },
    { "family", "Family", 14 },
    { "status", "State", 14 },
    { "child_count", "Children", 10 },
    { "capacity", "Capacity", 10 },
    { "weight_kg", "Weight in kg", 14 },
    { "expected_weight_kg", "Expected weight in kg", 14 },
    { "linked_at", "Linked", 24 },
    { "linked_by", "By", 20 },
};

const struct listing bill_bags_listing = {
    .name = "bill-bags",
    .title = "Bags of a bill",
    .row = &bill_bag_row_shape,
    .filters = bill_bags_filters,
    .filters_count = COUNT_OF(bill_bags_filters),
    .keys = bill_bags_keys,
    .keys_count = COUNT_OF(bill_bags_keys),
    .columns = bill_bags_columns,
    .columns_count = COUNT_OF(bill_bags_columns),
    .filter_size = sizeof(struct bill_bags_filter),
    .find = bill_bags_listing_find,
};

static const struct listing_filter bill_events_filters[] = {
    LISTING_OF_PATH(struct bill_events_filter, code, "code", bill_code_clean),
};

static const struct listing_key bill_events_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct bill_event, us, struct bill_events_filter, before_us),
    LISTING_KEY(LISTING_KEY_I64, struct bill_event, note, struct bill_events_filter, before_note),
    LISTING_KEY(LISTING_KEY_UUID, struct bill_event, scan, struct bill_events_filter, before_scan),
};

const struct listing bill_events_listing = {
    .name = "bill-events",
    .row = &event_row_shape,
    .filters = bill_events_filters,
    .filters_count = COUNT_OF(bill_events_filters),
    .keys = bill_events_keys,
    .keys_count = COUNT_OF(bill_events_keys),
    .filter_size = sizeof(struct bill_events_filter),
    .find = bill_events_listing_find,
};

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
        return fail_because(call, BAG_NOT_ON_BILL, .bag = qr, .bill = code);

    return bill_find(call, code, bill)
        && audit_note(call, AUDIT_BILL_REMOVE_BAG, bill->id,
            standing(call, qr, old.status, old.linked),
            standing(call, qr, bill->status, bill->linked), NULL);
}

#include "bill/bill_lane.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "bag/code.h"
#include "base/text.h"
#include "bill/bill.h"
#include "bill/bill_scan.sql.h"
#include "db/db.h"
#include "http/ticket.h"
#include "stats/counter.h"

static struct lanes bill_lanes;

struct bill_lane_scan_row {
    enum verdict verdict;
    const char *bill, *qr, *other;
    int64_t linked, capacity, children, weight_kg, expected_weight_kg;
    int64_t bag_children, bag_capacity, bag_weight_kg;
    bool used, closed;
};

static const struct field bill_lane_scan_fields[] = {
    FIELD_OF(struct bill_lane_scan_row, verdict, verdict_set),
    FIELD(struct bill_lane_scan_row, bill),
    FIELD(struct bill_lane_scan_row, qr),
    FIELD(struct bill_lane_scan_row, other),
    FIELD(struct bill_lane_scan_row, linked),
    FIELD(struct bill_lane_scan_row, capacity),
    FIELD(struct bill_lane_scan_row, children),
    FIELD(struct bill_lane_scan_row, weight_kg),
    FIELD(struct bill_lane_scan_row, expected_weight_kg),
    FIELD(struct bill_lane_scan_row, bag_children),
    FIELD(struct bill_lane_scan_row, bag_capacity),
    FIELD(struct bill_lane_scan_row, bag_weight_kg),
    FIELD(struct bill_lane_scan_row, used),
    FIELD(struct bill_lane_scan_row, closed),
};

static const struct shape bill_lane_scan_shape =
    SHAPE(struct bill_lane_scan_row, bill_lane_scan_fields);

static void bill_lane_copy_text(char *target, size_t size, const char *source)
{
    snprintf(target, size, "%s", source ? source : "");
}

static void bill_lane_store(struct bill_scan *scan, const struct bill_lane_scan_row *row)
{
    scan->outcome = row->used ? BILL_SCAN_ID_USED
        : row->verdict        ? BILL_SCAN_JUDGED
                              : BILL_SCAN_NO_BILL;
    if (scan->outcome != BILL_SCAN_JUDGED)
        return;

    scan->verdict = row->verdict;
    bill_lane_copy_text(scan->bill_code, sizeof scan->bill_code, row->bill);
    bill_lane_copy_text(scan->bag_code, sizeof scan->bag_code, row->qr);
    bill_lane_copy_text(scan->where, sizeof scan->where, row->other);
    scan->linked = row->linked;
    scan->capacity = row->capacity;
    scan->children = row->children;
    scan->weight_kg = row->weight_kg;
    scan->expected_weight_kg = row->expected_weight_kg;
    scan->closed = row->closed;
    scan->bag_children = row->bag_children;
    scan->bag_capacity = row->bag_capacity;
    scan->bag_weight_kg = row->bag_weight_kg;
}

bool bill_judge(struct call *call, struct bill_scan *const *scans, size_t count)
{
    unsigned char(*ids)[16] = arena_alloc(&call->arena, count, 16);
    int64_t *users = NEW_ARRAY(&call->arena, int64_t, count);
    int64_t *creates = NEW_ARRAY(&call->arena, int64_t, count);
    const char **bills = NEW_ARRAY(&call->arena, const char *, count);
    const char **qrs = NEW_ARRAY(&call->arena, const char *, count);
    struct list rows;

    for (size_t i = 0; i < count; i++) {
        memcpy(ids[i], scans[i]->id, 16);
        users[i] = scans[i]->user_id;
        creates[i] = scans[i]->create;
        bills[i] = scans[i]->bill;
        qrs[i] = scans[i]->qr;
    }

    const struct db_args args = DB_ARGS(db_i64(call, counter_slot(call)),
        db_uuid_array(call, (const unsigned char(*)[16])ids, count),
        db_i64_array(call, users, count), db_text_array(call, bills, count),
        db_text_array(call, qrs, count), db_i64_array(call, creates, count));

    if (!db_rows(call, &BILL_SCAN, args, &bill_lane_scan_shape, &rows))
        return false;

    assert(rows.count == count);
    for (size_t i = 0; i < count; i++)
        bill_lane_store(scans[i], (const struct bill_lane_scan_row *)rows.items + i);
    return true;
}

static bool bill_lane_run(struct call *call, struct lane_item **items, size_t count)
{
    struct bill_scan **scans = NEW_ARRAY(&call->arena, struct bill_scan *, count);

    for (size_t i = 0; i < count; i++)
        scans[i] = &((struct bill_item *)items[i])->scan;

    return bill_judge(call, scans, count);
}

static void bill_lane_done(struct lane_item *item)
{
    ticket_done(((struct bill_item *)item)->ticket);
}

void bill_lanes_start(const char *conninfo, const struct lanes_settings *settings)
{
    lanes_start(&bill_lanes, "bill", settings, bill_lane_run, bill_lane_done, conninfo);
}

void bill_lanes_stop(void)
{
    lanes_stop(&bill_lanes);
}

bool bill_lanes_push(struct bill_item *item)
{
    const struct bill_scan *scan = &item->scan;

    item->item.keys[0] = lane_key_hash('i', scan->id, sizeof scan->id);
    item->item.keys[1] = lane_key_hash('b', scan->qr, strlen(scan->qr));
    item->item.order = lane_key_hash('l', scan->bill, strlen(scan->bill));
    return lanes_push(&bill_lanes, item->item.order, &item->item);
}

static void put_kg(struct json *json, const char *key, int64_t grams)
{
    json_key(json, key);
    json_kg(json, grams);
}

static void bill_lane_put_bag(struct json *json, const struct bill_scan *scan)
{
    json_key(json, "bag");
    json_open(json, '{');
    json_put_text(json, "qr", scan->bag_code);
    json_put_i64(json, "child_count", scan->bag_children);
    json_put_i64(json, "capacity", scan->bag_capacity);
    put_kg(json, "weight_kg", scan->bag_weight_kg);
    json_close(json, '}');
}

void bill_scan_to_json(struct json *json, const struct bill_scan *scan)
{
    if (scan->bag_capacity != NO_I64)
        bill_lane_put_bag(json, scan);

    json_key(json, "bill");
    json_open(json, '{');
    json_put_text(json, "code", scan->bill_code);
    json_put_text(json, "status",
        bill_status_name(scan->closed ? BILL_STATUS_COMPLETED
                : scan->linked        ? BILL_STATUS_PROCESSING
                                      : BILL_STATUS_NEW));
    json_put_i64(json, "capacity", scan->capacity);
    json_put_i64(json, "linked", scan->linked);
    json_put_i64(json, "remaining", scan->capacity - scan->linked);
    json_put_i64(json, "percent", scan->linked * 100 / scan->capacity);
    json_put_i64(json, "children", scan->children);
    put_kg(json, "weight_kg", scan->weight_kg);
    put_kg(json, "expected_weight_kg", scan->expected_weight_kg);
    put_kg(json, "difference_kg", scan->weight_kg - scan->expected_weight_kg);
    json_close(json, '}');
}

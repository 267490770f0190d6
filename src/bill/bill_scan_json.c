#include "bill/bill_scan_json.h"

#include "base/text.h"

static void bill_lane_put_bag(struct json *json, const struct bill_scan *scan)
{
    json_key(json, "bag");
    json_open(json, '{');
    json_put_text(json, "qr", scan->qr);
    json_put_i64(json, "child_count", scan->bag_children);
    json_put_i64(json, "capacity", scan->bag_capacity);
    json_put_kg(json, "weight_kg", scan->bag_weight_kg);
    json_close(json, '}');
}

void bill_scan_to_json(struct json *json, const struct bill_scan *scan)
{
    if (scan->bag_capacity != NO_I64)
        bill_lane_put_bag(json, scan);

    json_key(json, "bill");
    json_open(json, '{');
    json_put_text(json, "code", scan->bill);
    json_put_text(json, "status",
        bill_status_name(scan->closed ? BILL_STATUS_COMPLETED
                : scan->linked        ? BILL_STATUS_PROCESSING
                                      : BILL_STATUS_NEW));
    json_put_i64(json, "capacity", scan->capacity);
    json_put_i64(json, "linked", scan->linked);
    json_put_i64(json, "remaining", scan->capacity - scan->linked);
    json_put_i64(json, "percent", scan->linked * 100 / scan->capacity);
    json_put_i64(json, "children", scan->children);
    json_put_kg(json, "weight_kg", scan->weight_kg);
    json_put_kg(json, "expected_weight_kg", scan->expected_weight_kg);
    json_put_kg(json, "difference_kg", scan->weight_kg - scan->expected_weight_kg);
    json_close(json, '}');
}

#include "bag/bag.h"

#include "bag/bag.sql.h"
#include "bag/lookup.h"
#include "db/db.h"

static const struct field bag_row_fields[] = {
    FIELD(struct bag, qr), FIELD_OF(struct bag, kind, bag_kind_set), FIELD(struct bag, family),
    FIELD_OF(struct bag, status, bag_status_set), FIELD(struct bag, area),
    FIELD(struct bag, child_count), FIELD(struct bag, capacity),
    FIELD_AS(struct bag, weight_kg, FIELD_KG), FIELD_AS(struct bag, expected_weight_kg, FIELD_KG),
    FIELD(struct bag, parent), FIELD(struct bag, bill),
    FIELD_AS(struct bag, created_at, FIELD_TIME), FIELD(struct bag, created_by),
    FIELD_AS(struct bag, updated_at, FIELD_TIME), FIELD_AS(struct bag, children, FIELD_RAW),
    FIELD(struct bag, n), /* last: it is not shown */
};

static const struct shape bag_row_shape = SHAPE(struct bag, bag_row_fields);
static const struct shape shown_shape = { sizeof(struct bag),
    sizeof bag_row_fields / sizeof bag_row_fields[0] - 1, bag_row_fields };

bool bag_find_many(struct call *call, const char *const *codes, const int64_t *area_ids,
    size_t count, struct list *bags)
{
    return db_rows(call, BAG_LOOKUP(.codes = { codes, count }, .area_ids = { area_ids, count }),
        &bag_row_shape, bags);
}

static bool bag_find(struct call *call, const char *code, struct bag *bag)
{
    const int64_t area = call->person.area_id ? call->person.area_id : NO_I64;
    struct list bags;

    if (!bag_find_many(call, &code, &area, 1, &bags))
        return false;
    if (!bags.count)
        return fail(call, FAULT_NOT_FOUND, "no bag %s", code);

    *bag = *(const struct bag *)bags.items;
    return true;
}

bool bag_reply(struct call *call, const struct bag *bag, int status, struct reply *reply)
{
    return reply_record(call, reply, status, &shown_shape, bag);
}

bool bag_find_and_reply(struct call *call, const char *code, int status, struct reply *reply)
{
    struct bag bag;

    return bag_find(call, code, &bag) && bag_reply(call, &bag, status, reply);
}

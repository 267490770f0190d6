#include "eod/eod_http.h"

#include "base/time.h"
#include "eod/eod.h"

struct eod_order {
    const char *day;
};

static const struct field eod_order_fields[] = { FIELD_OPTIONAL(struct eod_order, day, 0) };
static const struct shape eod_order_shape = SHAPE(struct eod_order, eod_order_fields);

static void eod_put(
    struct json *json, const char *name, const struct list *rows, const struct shape *shape)
{
    json_key(json, name);
    json_open(json, '[');
    for (size_t i = 0; i < rows->count; i++)
        json_record(json, shape, (const char *)rows->items + i * shape->size);
    json_close(json, ']');
}

static bool eod_day_given(struct call *call, const char *day)
{
    return !day || time_is_day(day) || fail_field(call, "day", NOT_DAY);
}

bool get_eod(struct call *call, const struct request *request, struct reply *reply)
{
    const char *day = request_query(request, "day");
    struct json json = json_new(&call->arena);
    struct eod_summary summary;

    if (!eod_day_given(call, day) || !eod_find(call, day, &summary))
        return false;

    json_open(&json, '{');
    json_fields(&json, &eod_shape, &summary);
    eod_put(&json, "people", &summary.people, &eod_person_shape);
    eod_put(&json, "refusals", &summary.refusals, &eod_refusal_shape);
    eod_put(&json, "bills", &summary.bills, &eod_bill_shape);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

bool post_eod_send(struct call *call, const struct request *request, struct reply *reply)
{
    struct eod_order order;

    return request_json(call, request, &eod_order_shape, &order) && eod_day_given(call, order.day)
        && eod_send(call, order.day) && reply_empty(reply);
}

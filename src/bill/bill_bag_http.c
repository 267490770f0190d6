#include <string.h>

#include "bag/code.h"
#include "bag/verdict_problem.h"
#include "base/text.h"
#include "bill/bill_bag.h"
#include "bill/bill_http.h"
#include "bill/bill_scan_json.h"
#include "bill/store.h"
#include "http/batch.h"

/* Scanner text is cleaned and judged, not refused: only what can't be a label at all is too long.
 */
#define BILL_BAG_SCANNED_MAX 2000

struct bill_bag_add_body {
    const char *id, *qr;
    bool create;
};

static const struct field bill_bag_add_fields[] = {
    FIELD(struct bill_bag_add_body, id),
    FIELD_MAX(struct bill_bag_add_body, qr, BILL_BAG_SCANNED_MAX),
    FIELD_OPTIONAL(struct bill_bag_add_body, create, 0),
};

static const struct shape bill_bag_add_shape = SHAPE(struct bill_bag_add_body, bill_bag_add_fields);

static int bill_bag_lanes(const struct config *config)
{
    return config_number(config, OPTION_BILL_LANES);
}

static bool bill_bag_work(struct call *call, void *const *records, size_t count)
{
    return bill_store_scans(call, (struct bill_scan *const *)records, count);
}

static const struct batch_kind bill_kind = {
    .name = "bill", .size = sizeof(struct bill_scan), .lanes = bill_bag_lanes, .work = bill_bag_work
};

static const char *path_bill(struct call *call, const struct request *request)
{
    return bill_code_clean(call, request_path(request, "code"));
}

/* Scans of one bill keep their order. */
static bool bill_bag_read(struct call *call, const struct request *request, struct batch *batch)
{
    struct bill_scan *scan = batch_records(call, batch, &bill_kind, 1);
    struct bill_bag_add_body body;

    if (!request_json(call, request, &bill_bag_add_shape, &body))
        return false;
    if (!text_to_device_id(body.id, scan->id))
        return fail_field(call, "id", NOT_DEVICE_ID);

    scan->arena = &call->arena;
    scan->bill = path_bill(call, request);
    scan->qr = bag_code_clean(&call->arena, body.qr);
    scan->create = body.create;
    scan->user_id = call->person.id;
    batch->state = body.id;
    batch->key = scan->bill;
    return true;
}

static void bill_bag_put_scan(struct json *json, const char *id, const struct bill_scan *scan)
{
    json_put_text(json, "id", id);
    json_put_text(json, "verdict", verdict_name(scan->verdict));
    if (scan->where)
        json_put_text(json, "where", scan->where);
    bill_scan_to_json(json, scan);
    json_close(json, '}');
}

/* What to tell the person, who may stand at another bill than the one meant. */
static struct words bill_bag_words(struct arena *arena, const struct bill_scan *scan)
{
    const char *bag = scan->qr, *bill = scan->bill;

    switch (scan->verdict) {
    case VERDICT_ALREADY_HERE:
        return words_say(arena, WORDS(BAG_ON_THIS_BILL, .bag = bag));
    case VERDICT_ELSEWHERE:
        return words_say(arena, WORDS(BAG_ON_BILL, .bag = bag, .bill = scan->where));
    case VERDICT_FULL:
        return words_say(arena, WORDS(BILL_HOLDS_ALL, .bill = bill, .bags = scan->capacity));
    case VERDICT_NOT_FOUND:
        return words_say(arena, WORDS(PARENT_UNKNOWN, .bag = bag));
    case VERDICT_IS_CHILD:
        return words_say(arena, WORDS(CHILD_NOT_PARENT, .bag = bag));
    case VERDICT_COMPLETED:
        return words_say(arena,
            WORDS(BILL_FINISHED, .bill = bill, .linked = scan->linked, .bags = scan->capacity));
    default:
        return words_say(arena, WORDS(CODE_NOT_PARENT, .bag = bag));
    }
}

static bool bill_bag_refuse(
    struct call *call, const char *id, const struct bill_scan *scan, struct reply *reply)
{
    const int status = verdict_http_status(scan->verdict);

    struct json json =
        verdict_problem_open(call, scan->verdict, bill_bag_words(&call->arena, scan));

    bill_bag_put_scan(&json, id, scan);
    return reply_problem_json(reply, status, &json);
}

static bool bill_bag_accept(
    struct call *call, const char *id, const struct bill_scan *scan, struct reply *reply)
{
    const int status = verdict_http_status(VERDICT_LINKED);
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    bill_bag_put_scan(&json, id, scan);
    return reply_json(reply, status, &json);
}

static bool bill_bag_answer(struct call *call, const struct batch *batch, struct reply *reply)
{
    const struct bill_scan *scan = batch_record(batch, 0);
    const char *id = batch->state;

    if (scan->outcome == BILL_SCAN_NO_BILL)
        return fail_because(call, BILL_UNKNOWN, .bill = scan->bill);
    if (scan->outcome == BILL_SCAN_ID_USED)
        return fail(call, FAULT_ID_REUSED, "scan %s", id);

    return scan->verdict == VERDICT_LINKED ? bill_bag_accept(call, id, scan, reply)
                                           : bill_bag_refuse(call, id, scan, reply);
}

const struct batch_route post_bill_bag = { &bill_kind, bill_bag_read, bill_bag_answer,
    .each = false };

bool delete_bill_bag(struct call *call, const struct request *request, struct reply *reply)
{
    const char *qr = bag_code_clean(&call->arena, request_path(request, "qr"));
    struct json json = json_new(&call->arena);
    struct bill bill;

    if (!bill_bag_remove(call, path_bill(call, request), qr, &bill))
        return false;

    json_open(&json, '{');
    json_put_text(&json, "qr", qr);
    json_key(&json, "bill");
    json_record(&json, &bill_shape, &bill);
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

#include "bag/code.h"
#include "bag/verdict_problem.h"
#include "base/text.h"
#include "http/batch.h"
#include "returns/returns_http.h"
#include "returns/store.h"

/* Scanner text is cleaned and judged, not refused: only what can't be a label at all is too long.
 */
#define RETURN_SCANNED_MAX 2000

struct return_scan_body {
    const char *id, *qr;
};

static const struct field return_scan_fields[] = {
    FIELD(struct return_scan_body, id),
    FIELD_MAX(struct return_scan_body, qr, RETURN_SCANNED_MAX),
};

static const struct shape return_scan_shape = SHAPE(struct return_scan_body, return_scan_fields);

static int return_lanes(const struct config *config)
{
    return config_number(config, OPTION_RETURN_LANES);
}

static bool return_work(struct call *call, void *const *records, size_t count)
{
    return return_store_scans(call, (struct return_scan *const *)records, count);
}

static const struct batch_kind return_kind = {
    .name = "return", .size = sizeof(struct return_scan), .lanes = return_lanes, .work = return_work
};

/* Scans of one ticket keep their order. */
static bool return_read(struct call *call, const struct request *request, struct batch *batch)
{
    struct return_scan *scan = batch_records(call, batch, &return_kind, 1);
    struct return_scan_body body;

    if (!request_json(call, request, &return_scan_shape, &body))
        return false;
    if (!text_to_device_id(body.id, scan->id))
        return fail_field(call, "id", NOT_DEVICE_ID);

    scan->arena = &call->arena;
    scan->ticket = ticket_code_clean(call, request_path(request, "code"));
    scan->qr = bag_code_clean(&call->arena, body.qr);
    scan->user_id = call->person.id;
    scan->address = call->address;
    scan->request_id = call->request_id;
    batch->state = body.id;
    batch->key = scan->ticket;
    return true;
}

static void return_put_bag(struct json *json, const struct return_scan *scan)
{
    json_key(json, "bag");
    json_open(json, '{');
    json_put_text(json, "qr", scan->qr);
    json_put_i64(json, "child_count", scan->bag_children);
    json_put_kg(json, "weight_kg", scan->bag_weight_kg);
    json_close(json, '}');
}

static void return_put_scan(struct json *json, const char *id, const struct return_scan *scan)
{
    json_put_text(json, "id", id);
    json_put_text(json, "verdict", verdict_name(scan->verdict));
    json_put_text(json, "bill", scan->bill);
    if (scan->bag_children != NO_I64)
        return_put_bag(json, scan);

    json_key(json, "ticket");
    json_open(json, '{');
    json_put_text(json, "code", scan->ticket);
    json_put_i64(json, "bags", scan->bags);
    json_put_i64(json, "children", scan->children);
    json_put_kg(json, "weight_kg", scan->weight_kg);
    json_close(json, '}');
    json_close(json, '}');
}

static struct words return_words(struct arena *arena, const struct return_scan *scan)
{
    switch (scan->verdict) {
    case VERDICT_ALREADY_HERE:
        return words_say(arena, WORDS(BAG_ON_THIS_TICKET, .bag = scan->qr));
    case VERDICT_NOT_ON_A_BILL:
        return words_say(arena, WORDS(BAG_ON_NO_BILL, .bag = scan->qr));
    case VERDICT_NOT_FOUND:
        return words_say(arena, WORDS(BAG_NOT_KNOWN, .bag = scan->qr));
    case VERDICT_IS_CHILD:
        return words_say(arena, WORDS(CHILD_NOT_PARENT, .bag = scan->qr));
    case VERDICT_TICKET_CLOSED:
        return words_say(arena, WORDS(TICKET_CLOSED, .ticket = scan->ticket));
    default:
        return (struct words){ .reason = REASON_NONE };
    }
}

static bool return_answer(struct call *call, const struct batch *batch, struct reply *reply)
{
    const struct return_scan *scan = batch_record(batch, 0);
    const char *id = batch->state;

    if (scan->outcome == RETURN_NO_TICKET)
        return fail_because(call, TICKET_UNKNOWN, .ticket = scan->ticket);
    if (scan->outcome == RETURN_ID_USED)
        return fail(call, FAULT_ID_REUSED, "scan %s", id);

    if (scan->verdict == VERDICT_DONE) {
        struct json json = json_new(&call->arena);

        json_open(&json, '{');
        return_put_scan(&json, id, scan);
        return reply_json(reply, 201, &json);
    }

    struct json json = verdict_problem_open(call, scan->verdict, return_words(&call->arena, scan));

    return_put_scan(&json, id, scan);
    return reply_problem_json(reply, verdict_http_status(scan->verdict), &json);
}

const struct batch_route post_return_bag = { &return_kind, return_read, return_answer,
    .each = false };

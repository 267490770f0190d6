#include <string.h>

#include "bag/code.h"
#include "base/text.h"
#include "bill/bill_bag.h"
#include "bill/bill_http.h"
#include "bill/bill_lane.h"
#include "http/ticket.h"

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

/* What a ticket waits for. */
struct wait {
    struct bill_item item;
    const char *id; /* as the device wrote it */
};

static const char *path_bill(struct call *call, const struct request *request)
{
    return bill_code_clean(call, request_path(request, "code"));
}

static bool bill_bag_take(struct call *call, const struct request *request, struct ticket *ticket)
{
    struct wait *wait = NEW(&call->arena, struct wait);
    struct bill_scan *scan = &wait->item.scan;
    struct bill_bag_add_body body;

    if (!request_json(call, request, &bill_bag_add_shape, &body))
        return false;
    if (!text_to_device_id(body.id, scan->id))
        return fail_field(call, "id", NOT_DEVICE_ID);

    scan->bill = path_bill(call, request);
    scan->qr = bag_code_clean(&call->arena, body.qr);
    scan->create = body.create;
    scan->arena = &call->arena;
    scan->user_id = call->person.id;
    wait->id = body.id;
    wait->item.item.org_id = call->org_id;
    wait->item.ticket = ticket;
    ticket->state = wait;

    ticket_expect(ticket, 1);
    return bill_lanes_push(&wait->item) || fail(call, FAULT_OVERLOADED, "the bill lane is full");
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
static const char *refusal(struct call *call, const struct bill_scan *scan)
{
    const char *qr = scan->qr, *bill = scan->bill;
    struct arena *arena = &call->arena;

    switch (scan->verdict) {
    case VERDICT_ALREADY_HERE:
        return arena_format(arena, "%s is on this bill already.", qr);
    case VERDICT_ELSEWHERE:
        return arena_format(arena, "%s is on bill %s.", qr, scan->where);
    case VERDICT_FULL:
        return arena_format(
            arena, "Bill %s holds its %s.", bill, text_count(arena, scan->capacity, "bag", "bags"));
    case VERDICT_NOT_FOUND:
        return arena_format(arena, "%s is not known. Scan children into it first.", qr);
    case VERDICT_IS_CHILD:
        return arena_format(arena, "%s is a child bag. Scan its parent.", qr);
    case VERDICT_COMPLETED:
        return arena_format(arena, "Bill %s was finished with %lld of %s. Reopen it first.", bill,
            (long long)scan->linked, text_count(arena, scan->capacity, "bag", "bags"));
    default:
        return arena_format(arena, "%s is not the code of a parent bag.", qr);
    }
}

static bool bill_bag_refuse(struct call *call, const struct wait *wait, struct reply *reply)
{
    const struct bill_scan *scan = &wait->item.scan;
    const int status = verdict_http_status(scan->verdict);

    fail_with_message(call, FAULT_REFUSED, "%s", refusal(call, scan));

    struct json json =
        problem_begin(call, verdict_name(scan->verdict), verdict_words(scan->verdict), status);

    fail_clear(call);
    bill_bag_put_scan(&json, wait->id, scan);
    return reply_problem_json(reply, status, &json);
}

static bool accept_scan(struct call *call, const struct wait *wait, struct reply *reply)
{
    const int status = verdict_http_status(VERDICT_LINKED);
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    bill_bag_put_scan(&json, wait->id, &wait->item.scan);
    return reply_json(reply, status, &json);
}

static bool bill_bag_answer(struct call *call, struct ticket *ticket, struct reply *reply)
{
    const struct wait *wait = ticket->state;
    const struct bill_scan *scan = &wait->item.scan;

    if (wait->item.item.fault.code) {
        call->fault = wait->item.item.fault;
        return false;
    }
    if (scan->outcome == BILL_SCAN_NO_BILL)
        return fail_with_message(call, FAULT_NOT_FOUND, "There is no bill %s.", scan->bill);
    if (scan->outcome == BILL_SCAN_ID_USED)
        return fail(call, FAULT_ID_REUSED, "scan %s", wait->id);

    return scan->verdict == VERDICT_LINKED ? accept_scan(call, wait, reply)
                                           : bill_bag_refuse(call, wait, reply);
}

const struct lane_route post_bill_bag = { bill_bag_take, bill_bag_answer };

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

#include "packing/link_http.h"

#include <string.h>

#include "bag/code.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/time.h"
#include "http/ticket.h"
#include "packing/link.h"

#define LINK_BATCH_MAX 500

/* Scanner text is cleaned and judged, not refused: only what can't be a label at all is too long.
 */
#define LINK_SCANNED_MAX 2000

struct scan_body {
    const char *id, *parent, *child, *at;
    struct field_error *errors; /* in a batch */
};

static const struct field link_scan_fields[] = {
    FIELD(struct scan_body, id),
    FIELD_MAX(struct scan_body, parent, LINK_SCANNED_MAX),
    FIELD_MAX(struct scan_body, child, LINK_SCANNED_MAX),
    FIELD_OPTIONAL(struct scan_body, at, 40),
};

static const struct shape link_scan_shape = SHAPE(struct scan_body, link_scan_fields);

/* One malformed scan must not hold up a device's others. */
static const struct field batch_scan_fields[] = {
    FIELD(struct scan_body, id),
    FIELD_MAX(struct scan_body, parent, LINK_SCANNED_MAX),
    FIELD_MAX(struct scan_body, child, LINK_SCANNED_MAX),
    FIELD_OPTIONAL(struct scan_body, at, 40),
    FIELD_AS(struct scan_body, errors, FIELD_ERRORS),
};

static const struct shape batch_scan_shape = SHAPE(struct scan_body, batch_scan_fields);

struct batch_body {
    struct list scans;
};

static const struct field batch_fields[] = {
    FIELD_ITEMS(struct batch_body, scans, LINK_BATCH_MAX, &batch_scan_shape),
};

static const struct shape batch_shape = SHAPE(struct batch_body, batch_fields);

/* What a ticket waits for. */
struct links {
    struct link_item *items;
    const char **ids; /* as the device wrote them; NULL: it wrote none */
    struct field_error **errors; /* of those that are malformed and were not pushed */
    size_t count;
};

/* A device may have been offline for long, but a clock that is far off tells nothing. */
#define OFFLINE_DAYS_MAX 90
#define DAY_US (INT64_C(86400) * 1000000)

static int64_t believable(int64_t at_us)
{
    const int64_t now_us = clock_unix() * 1000000;
    const bool good = at_us > now_us - OFFLINE_DAYS_MAX * DAY_US && at_us < now_us + DAY_US;

    return good ? at_us : NO_I64;
}

static bool read_scan(struct call *call, const struct scan_body *body, struct packing_scan *scan)
{
    scan->at_us = NO_I64;

    if (!text_to_device_id(body->id, scan->id))
        return fail_field(call, "id", NOT_DEVICE_ID);
    if (body->at && !time_from_rfc3339(body->at, &scan->at_us))
        return fail_field(call, "at", NOT_TIME);
    if (body->at)
        scan->at_us = believable(scan->at_us);

    scan->parent = bag_code_clean(&call->arena, body->parent);
    scan->child = bag_code_clean(&call->arena, body->child);
    scan->arena = &call->arena;
    scan->user_id = call->person.id;
    scan->area_id = call->person.area_id;
    return true;
}

static struct links *links_new(struct call *call, struct ticket *ticket, size_t count)
{
    struct links *links = NEW(&call->arena, struct links);

    links->count = count;
    links->ids = NEW_ARRAY(&call->arena, const char *, count ? count : 1);
    links->errors = NEW_ARRAY(&call->arena, struct field_error *, count ? count : 1);
    links->items = NEW_ARRAY(&call->arena, struct link_item, count ? count : 1);
    for (size_t i = 0; i < count; i++) {
        links->items[i].ticket = ticket;
        links->items[i].item.org_id = call->org_id;
    }
    ticket->state = links;
    return links;
}

static bool take_one(struct call *call, const struct request *request, struct ticket *ticket)
{
    struct links *links = links_new(call, ticket, 1);
    struct scan_body body;

    if (!request_json(call, request, &link_scan_shape, &body)
        || !read_scan(call, &body, &links->items[0].scan))
        return false;

    links->ids[0] = body.id;
    ticket_expect(ticket, 1);
    return link_lanes_push(&links->items[0], links->items[0].scan.parent)
        || fail(call, FAULT_OVERLOADED, "the link lane is full");
}

static void put_verdict(struct json *json, const char *id, const struct packing_scan *scan)
{
    json_put_text(json, "id", id);
    json_put_text(json, "verdict", verdict_name(scan->verdict));
    link_parent_to_json(json, scan);
    json_put_text(json, "child", scan->child);
    if (scan->where)
        json_put_text(json, "where", scan->where);
}

/* Words for what the person's own screen can't know. */
static void link_tell(struct call *call, const struct packing_scan *scan)
{
    if (scan->verdict == VERDICT_ELSEWHERE)
        fail_with_message(call, FAULT_REFUSED, "%s is in %s.", scan->child, scan->where);
    else if (scan->verdict == VERDICT_FULL && scan->held < scan->capacity)
        fail_with_message(call, FAULT_REFUSED, "%s was finished with %s in it.", scan->parent,
            text_count(&call->arena, scan->held, "bag", "bags"));
}

static bool answer_one(struct call *call, struct ticket *ticket, struct reply *reply)
{
    const struct links *links = ticket->state;
    const struct link_item *item = &links->items[0];
    const struct packing_scan *scan = &item->scan;

    if (item->item.fault.code) {
        call->fault = item->item.fault;
        return false;
    }

    if (scan->id_reused)
        return fail(call, FAULT_ID_REUSED, "scan %s", links->ids[0]);

    const int status = verdict_http_status(scan->verdict);

    if (scan->verdict == VERDICT_LINKED) {
        struct json json = json_new(&call->arena);

        json_open(&json, '{');
        put_verdict(&json, links->ids[0], scan);
        json_close(&json, '}');
        return reply_json(reply, status, &json);
    }

    link_tell(call, scan);

    struct json json =
        problem_begin(call, verdict_name(scan->verdict), verdict_words(scan->verdict), status);

    put_verdict(&json, links->ids[0], scan);
    json_close(&json, '}');
    fail_clear(call);
    return reply_problem_json(reply, status, &json);
}

/* Those that are well-formed, into the lane of the first of them. */
static void push_batch(struct links *links, struct ticket *ticket, int good)
{
    const char *first = NULL;

    ticket_expect(ticket, good);
    for (size_t i = 0; i < links->count; i++) {
        struct link_item *item = &links->items[i];

        if (links->errors[i])
            continue;
        first = first ? first : item->scan.parent;
        if (!link_lanes_push(item, first)) {
            item->item.fault.code = FAULT_OVERLOADED;
            ticket_done(ticket);
        }
    }
}

static bool link_take_batch(struct call *call, const struct request *request, struct ticket *ticket)
{
    struct batch_body body;
    int good = 0;

    if (!request_json(call, request, &batch_shape, &body))
        return false;

    const struct scan_body *scans = body.scans.items;
    struct links *links = links_new(call, ticket, body.scans.count);

    for (size_t i = 0; i < links->count; i++) {
        links->ids[i] = scans[i].id;
        links->errors[i] = scans[i].errors;
        if (!links->errors[i] && !read_scan(call, &scans[i], &links->items[i].scan))
            links->errors[i] = fail_take_fields(call);
        good += !links->errors[i];
    }
    push_batch(links, ticket, good);
    return true;
}

/* No verdict, and never one: this very scan will not be taken. */
static void put_errors(struct json *json, const char *id, const struct field_error *errors)
{
    json_put_i64(json, "status", fault_http_status(FAULT_BAD_FIELDS));
    json_put_text(json, "id", id);
    json_put_text(json, "verdict", NULL);
    field_errors_to_json(json, errors);
}

/* One that failed has no verdict, so the device keeps it and sends it again. */
static void put_result(struct json *json, const struct links *links, size_t i)
{
    const struct field_error reused = { .field = "id",
        .words = words_say(json->arena, WORDS(ID_USED)) };
    const struct link_item *item = &links->items[i];
    const enum fault_code fault = item->item.fault.code;

    json_open(json, '{');
    if (links->errors[i] || item->scan.id_reused) {
        put_errors(json, links->ids[i], links->errors[i] ? links->errors[i] : &reused);
    } else if (fault) {
        json_put_i64(json, "status", fault_http_status(fault));
        json_put_text(json, "id", links->ids[i]);
        json_put_text(json, "verdict", NULL);
    } else {
        json_put_i64(json, "status", verdict_http_status(item->scan.verdict));
        put_verdict(json, links->ids[i], &item->scan);
    }
    json_close(json, '}');
}

static bool answer_batch(struct call *call, struct ticket *ticket, struct reply *reply)
{
    const struct links *links = ticket->state;
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_key(&json, "results");
    json_open(&json, '[');
    for (size_t i = 0; i < links->count; i++)
        put_result(&json, links, i);
    json_close(&json, ']');
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

const struct lane_route post_scan = { take_one, answer_one };
const struct lane_route post_scan_batch = { link_take_batch, answer_batch };

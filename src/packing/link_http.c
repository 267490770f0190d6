#include "packing/link_http.h"

#include <string.h>

#include "bag/code.h"
#include "bag/rules.h"
#include "bag/verdict_problem.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/time.h"
#include "http/batch.h"
#include "packing/store.h"

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

/* What is known of a batch's scans besides. */
struct links {
    const char **ids; /* as the device wrote them; NULL: it wrote none */
    struct field_error **errors; /* of those that are malformed */
};

static int link_lanes(const struct config *config)
{
    return config_number(config, OPTION_LINK_LANES);
}

static bool link_work(struct call *call, void *const *records, size_t count)
{
    return packing_store_scans(call, (struct packing_scan *const *)records, count);
}

static const struct batch_kind link_kind = {
    .name = "link", .size = sizeof(struct packing_scan), .lanes = link_lanes, .work = link_work
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

/* Scans of one parent keep their order; in a request of many, all go where the first one goes. */
static bool link_read(struct call *call, const struct request *request, struct batch *batch)
{
    struct packing_scan *scan = batch_records(call, batch, &link_kind, 1);
    struct scan_body body;

    if (!request_json(call, request, &link_scan_shape, &body) || !read_scan(call, &body, scan))
        return false;

    batch->state = body.id;
    batch->key = scan->parent;
    return true;
}

/* "parent": {qr, child_count, capacity, status}, when there is a parent. */
static void link_put_parent(struct json *json, const struct packing_scan *scan)
{
    if (!scan->capacity || scan->verdict == VERDICT_OTHER_AREA)
        return;

    json_key(json, "parent");
    json_open(json, '{');
    json_put_text(json, "qr", scan->parent);
    json_put_i64(json, "child_count", scan->held);
    json_put_i64(json, "capacity", scan->capacity);
    json_put_text(
        json, "status", bag_status_name(bag_status_of(scan->held, scan->capacity, scan->closed)));
    json_close(json, '}');
}

static void put_verdict(struct json *json, const char *id, const struct packing_scan *scan)
{
    json_put_text(json, "id", id);
    json_put_text(json, "verdict", verdict_name(scan->verdict));
    link_put_parent(json, scan);
    json_put_text(json, "child", scan->child);
    if (scan->where)
        json_put_text(json, "where", scan->where);
}

/* Words for what the person's own screen can't know. */
static struct words link_words(struct arena *arena, const struct packing_scan *scan)
{
    if (scan->verdict == VERDICT_ELSEWHERE)
        return words_say(
            arena, WORDS(CHILD_IN_PARENT, .child = scan->child, .parent = scan->where));
    if (scan->verdict == VERDICT_FULL && scan->held < scan->capacity)
        return words_say(arena, WORDS(PARENT_FINISHED, .parent = scan->parent, .bags = scan->held));
    return (struct words){ .reason = REASON_NONE };
}

static bool link_answer(struct call *call, const struct batch *batch, struct reply *reply)
{
    const struct packing_scan *scan = batch_record(batch, 0);
    const char *id = batch->state;

    if (scan->id_reused)
        return fail(call, FAULT_ID_REUSED, "scan %s", id);

    const int status = verdict_http_status(scan->verdict);

    if (scan->verdict == VERDICT_LINKED) {
        struct json json = json_new(&call->arena);

        json_open(&json, '{');
        put_verdict(&json, id, scan);
        json_close(&json, '}');
        return reply_json(reply, status, &json);
    }

    struct json json = verdict_problem_open(call, scan->verdict, link_words(&call->arena, scan));

    put_verdict(&json, id, scan);
    json_close(&json, '}');
    return reply_problem_json(reply, status, &json);
}

static bool link_read_many(struct call *call, const struct request *request, struct batch *batch)
{
    struct links *links = NEW(&call->arena, struct links);
    struct batch_body body;

    if (!request_json(call, request, &batch_shape, &body))
        return false;

    const size_t count = body.scans.count;
    const struct scan_body *bodies = body.scans.items;
    struct packing_scan *scans = batch_records(call, batch, &link_kind, count);

    batch->state = links;
    links->ids = NEW_ARRAY(&call->arena, const char *, count ? count : 1);
    links->errors = NEW_ARRAY(&call->arena, struct field_error *, count ? count : 1);
    for (size_t i = 0; i < count; i++) {
        links->ids[i] = bodies[i].id;
        links->errors[i] = bodies[i].errors;
        if (!links->errors[i] && !read_scan(call, &bodies[i], &scans[i]))
            links->errors[i] = fail_take_fields(call);
        if (links->errors[i])
            batch_skip(batch, i);
        else if (!batch->key)
            batch->key = scans[i].parent;
    }
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
static void put_result(struct json *json, const struct batch *batch, size_t i)
{
    const struct field_error reused = { .field = "id",
        .words = words_say(json->arena, WORDS(ID_USED)) };
    const struct links *links = batch->state;
    const struct packing_scan *scan = batch_record(batch, i);
    const enum fault_code fault = batch_fault(batch, i);

    json_open(json, '{');
    if (links->errors[i] || scan->id_reused) {
        put_errors(json, links->ids[i], links->errors[i] ? links->errors[i] : &reused);
    } else if (fault) {
        json_put_i64(json, "status", fault_http_status(fault));
        json_put_text(json, "id", links->ids[i]);
        json_put_text(json, "verdict", NULL);
    } else {
        json_put_i64(json, "status", verdict_http_status(scan->verdict));
        put_verdict(json, links->ids[i], scan);
    }
    json_close(json, '}');
}

static bool link_answer_many(struct call *call, const struct batch *batch, struct reply *reply)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_key(&json, "results");
    json_open(&json, '[');
    for (size_t i = 0; i < batch->count; i++)
        put_result(&json, batch, i);
    json_close(&json, ']');
    json_close(&json, '}');
    return reply_json(reply, 200, &json);
}

const struct batch_route post_scan = { &link_kind, link_read, link_answer, .each = false };
const struct batch_route post_scan_batch = { &link_kind, link_read_many, link_answer_many,
    .each = true };

#include "packing/packing.h"

#include <string.h>

#include "audit/audit.h"
#include "base/text.h"
#include "base/uuid.h"
#include "db/db.h"
#include "packing/packing.sql.h"
#include "packing/store.h"
#include "stats/counter.h"

static const struct field parent_fields[] = {
    FIELD(struct parent, id),
    FIELD(struct parent, code),
    FIELD(struct parent, child_count),
    FIELD(struct parent, capacity),
    FIELD_OF(struct parent, status, bag_status_set),
    FIELD(struct parent, bill_id),
};

static const struct shape parent_shape = SHAPE(struct parent, parent_fields);

struct closed_bill {
    const char *code;
    bool closed;
};

static const struct field closed_bill_fields[] = {
    FIELD(struct closed_bill, code),
    FIELD(struct closed_bill, closed),
};

static const struct shape closed_bill_shape = SHAPE(struct closed_bill, closed_bill_fields);

struct packing_state {
    int64_t child_count, capacity;
    enum bag_status status;
};

static const struct field packing_state_fields[] = {
    FIELD(struct packing_state, child_count),
    FIELD(struct packing_state, capacity),
    FIELD_OF(struct packing_state, status, bag_status_set),
};

static const struct shape packing_state_shape = SHAPE(struct packing_state, packing_state_fields);

struct latest {
    const char *code;
    bool recent;
};

static const struct field latest_fields[] = {
    FIELD(struct latest, code),
    FIELD(struct latest, recent),
};

static const struct shape latest_shape = SHAPE(struct latest, latest_fields);

struct count {
    int64_t children;
};

static const struct field count_fields[] = { FIELD(struct count, children) };
static const struct shape count_shape = SHAPE(struct count, count_fields);

struct child {
    const char *code;
};

static const struct field child_fields[] = { FIELD(struct child, code) };
static const struct shape child_shape = SHAPE(struct child, child_fields);

static const char *new_id(struct call *call)
{
    unsigned char id[16];

    uuid7_create(id);
    return uuid_text(&call->arena, id);
}

void parent_to_json(struct json *json, const struct parent *parent)
{
    json_open(json, '{');
    json_put_text(json, "qr", parent->code);
    json_put_i64(json, "child_count", parent->child_count);
    json_put_i64(json, "capacity", parent->capacity);
    json_put_text(json, "status", bag_status_name(parent->status));
    json_close(json, '}');
}

static bool packing_lock(struct call *call, const char *code, struct parent *parent)
{
    return db_one(call, PACKING_PARENT_LOCK(.code = code, .area_id = call->person.area_id),
        &parent_shape, parent);
}

static bool bill_is_open(struct call *call, const struct parent *parent)
{
    struct closed_bill bill;

    if (parent->bill_id == NO_I64)
        return true;

    return db_one(call, PACKING_BILL_LOCK(.bill_id = parent->bill_id), &closed_bill_shape, &bill)
        && (!bill.closed
            || fail_because(call, PARENT_ON_BILL, .parent = parent->code, .bill = bill.code));
}

static bool detach(struct call *call, struct parent *parent, const char *const *children,
    size_t count, enum scan_kind kind, const char *reason)
{
    unsigned char(*ids)[16] = arena_alloc(&call->arena, count, 16);
    struct count gone;

    for (size_t i = 0; i < count; i++)
        uuid7_create(ids[i]);

    if (!db_one(call,
            PACKING_DETACH(.slot = counter_slot(call), .parent_id = parent->id,
                .children = { children, count },
                .scan_ids = { (const unsigned char(*)[16])ids, count },
                .kind = scan_kind_name(kind), .user_id = call->person.id, .reason = reason),
            &count_shape, &gone))
        return false;

    if ((size_t)gone.children != count)
        return fail_because(call, CHILD_NOT_IN, .child = children[0], .parent = parent->code);

    parent->child_count -= gone.children;
    parent->status = parent->child_count ? BAG_STATUS_IN_PROGRESS : BAG_STATUS_PENDING;
    return true;
}

bool packing_undo(struct call *call, const char *code, const char **child, struct parent *parent)
{
    struct latest latest;
    bool found;

    if (!packing_lock(call, code, parent) || !bill_is_open(call, parent)
        || !db_one_or_none(call,
            PACKING_LATEST_LINK(.parent_id = parent->id, .user_id = call->person.id), &latest_shape,
            &latest, &found))
        return false;

    if (!found)
        return fail(call, FAULT_NOTHING_TO_UNDO, "no link of this person in %s", code);
    if (!latest.recent)
        return fail_because(call, UNDO_TOO_LATE, .child = latest.code);

    *child = latest.code;
    return detach(call, parent, child, 1, SCAN_KIND_UNDO, NULL);
}

static const char *child_json(struct call *call, const char *child)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "child", child);
    json_close(&json, '}');
    return json.text;
}

bool packing_unlink(struct call *call, const char *code, const char *child, const char *reason,
    struct parent *parent)
{
    return packing_lock(call, code, parent) && bill_is_open(call, parent)
        && detach(call, parent, &child, 1, SCAN_KIND_UNLINK, reason)
        && audit_note(call, AUDIT_BAG_UNLINK, parent->id, child_json(call, child), NULL, reason);
}

static bool set_status(struct call *call, struct parent *parent, enum bag_status status,
    enum scan_kind kind, const char *reason)
{
    struct packing_state state;

    if (!db_one(call,
            PACKING_SET_STATUS(.slot = counter_slot(call), .parent_id = parent->id,
                .status = bag_status_name(status), .scan_id = new_id(call),
                .kind = scan_kind_name(kind), .user_id = call->person.id, .reason = reason),
            &packing_state_shape, &state))
        return false;

    parent->status = status;
    return true;
}

bool packing_finish(struct call *call, const char *code, struct parent *parent)
{
    if (!packing_lock(call, code, parent))
        return false;
    if (parent->status == BAG_STATUS_COMPLETED)
        return true;
    if (parent->child_count == 0)
        return fail_because(call, PARENT_EMPTY, .parent = parent->code);

    return set_status(call, parent, BAG_STATUS_COMPLETED, SCAN_KIND_FINISH, NULL);
}

bool packing_reopen(struct call *call, const char *code, const char *reason, struct parent *parent)
{
    if (!packing_lock(call, code, parent) || !bill_is_open(call, parent))
        return false;
    if (parent->status != BAG_STATUS_COMPLETED)
        return true;
    if (parent->child_count >= parent->capacity)
        return fail_because(call, PARENT_FULL, .parent = parent->code);

    return set_status(call, parent, BAG_STATUS_IN_PROGRESS, SCAN_KIND_REOPEN, reason)
        && audit_note(call, AUDIT_BAG_REOPEN, parent->id, NULL, NULL, reason);
}

static bool contains(const struct list *list, const char *code)
{
    const struct child *children = list->items;

    for (size_t i = 0; i < list->count; i++)
        if (strcmp(children[i].code, code) == 0)
            return true;
    return false;
}

/* The codes of `from` that are not in `without`, at most `from->count` of them; returns how many.
 */
static size_t difference(const struct list *from, const struct list *without, const char **codes)
{
    const struct child *children = from->items;
    size_t count = 0;

    for (size_t i = 0; i < from->count; i++)
        if (!contains(without, children[i].code))
            codes[count++] = children[i].code;
    return count;
}

static bool refuse_child(struct call *call, const struct packing_scan *scan)
{
    if (scan->verdict == VERDICT_ELSEWHERE)
        return fail_because(call, CHILD_IN_PARENT, .child = scan->child, .parent = scan->where);

    return fail_because(
        call, CHILD_REFUSED, .child = scan->child, .verdict = verdict_name(scan->verdict));
}

static bool attach(
    struct call *call, struct parent *parent, const char *const *children, size_t count)
{
    struct packing_scan *scans = NEW_ARRAY(&call->arena, struct packing_scan, count);
    struct packing_scan **each = NEW_ARRAY(&call->arena, struct packing_scan *, count);

    for (size_t i = 0; i < count; i++) {
        each[i] = &scans[i];
        scans[i] = (struct packing_scan){ .arena = &call->arena,
            .parent = parent->code,
            .child = children[i],
            .at_us = NO_I64,
            .user_id = call->person.id,
            .area_id = call->person.area_id };
        uuid7_create(scans[i].id);
    }

    if (!packing_store_scans(call, each, count))
        return false;

    for (size_t i = 0; i < count; i++)
        if (scans[i].verdict != VERDICT_LINKED)
            return refuse_child(call, &scans[i]);

    parent->child_count = scans[count - 1].held;
    parent->status = scans[count - 1].closed ? BAG_STATUS_COMPLETED : BAG_STATUS_IN_PROGRESS;
    return true;
}

static const char *list_json(struct call *call, const struct list *list)
{
    const struct child *children = list->items;
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_key(&json, "children");
    json_open(&json, '[');
    for (size_t i = 0; i < list->count; i++)
        json_text(&json, children[i].code);
    json_close(&json, ']');
    json_close(&json, '}');
    return json.text;
}

bool packing_set_children(struct call *call, const char *code, const char *const *children,
    size_t count, struct parent *parent)
{
    struct child *wanted_codes = NEW_ARRAY(&call->arena, struct child, count + 1);
    struct list wanted = { wanted_codes, 0 }, held;

    for (size_t i = 0; i < count; i++)
        if (!contains(&wanted, children[i]))
            wanted_codes[wanted.count++].code = children[i];

    if (!packing_lock(call, code, parent) || !bill_is_open(call, parent)
        || !db_rows(call, PACKING_CHILDREN(.parent_id = parent->id), &child_shape, &held))
        return false;

    const char **gone = NEW_ARRAY(&call->arena, const char *, held.count + 1);
    const char **fresh = NEW_ARRAY(&call->arena, const char *, wanted.count + 1);
    const size_t gone_count = difference(&held, &wanted, gone);
    const size_t fresh_count = difference(&wanted, &held, fresh);

    return (!gone_count || detach(call, parent, gone, gone_count, SCAN_KIND_UNLINK, "list edited"))
        && (!fresh_count || attach(call, parent, fresh, fresh_count))
        && audit_note(call, AUDIT_BAG_SET_CHILDREN, parent->id, list_json(call, &held),
            list_json(call, &wanted), NULL);
}

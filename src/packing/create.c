/* Bags that come to be and go: parents opened by a scan, bags made and deleted by hand. */
#include "packing/packing.h"

#include <string.h>

#include "audit/audit.h"
#include "bag/code.h"
#include "bag/rules.h"
#include "base/text.h"
#include "base/uuid.h"
#include "db/db.h"
#include "packing/packing.sql.h"
#include "packing/store.h"
#include "stats/counter.h"

struct packing_create_family {
    int64_t family_id, capacity, child_weight_g;
};

static const struct field packing_create_family_fields[] = {
    FIELD(struct packing_create_family, family_id),
    FIELD(struct packing_create_family, capacity),
    FIELD(struct packing_create_family, child_weight_g),
};

static const struct shape packing_create_family_shape =
    SHAPE(struct packing_create_family, packing_create_family_fields);

struct packing_create_made {
    int64_t id;
};

static const struct field packing_create_made_fields[] = { FIELD(struct packing_create_made, id) };
static const struct shape packing_create_made_shape =
    SHAPE(struct packing_create_made, packing_create_made_fields);

struct known_bag {
    int64_t id;
    enum bag_kind kind;
    int64_t area_id;
};

static const struct field known_fields[] = {
    FIELD(struct known_bag, id),
    FIELD_OF(struct known_bag, kind, bag_kind_set),
    FIELD(struct known_bag, area_id),
};

static const struct shape packing_create_known_shape = SHAPE(struct known_bag, known_fields);

struct earlier {
    bool created, reused;
};

static const struct field earlier_fields[] = {
    FIELD(struct earlier, created),
    FIELD(struct earlier, reused),
};

static const struct shape earlier_shape = SHAPE(struct earlier, earlier_fields);

static bool is_parent(const struct known_bag *bag)
{
    return bag->kind == BAG_KIND_PARENT;
}

/* Insert; who loses the race against another session runs the whole call again. */
static bool packing_create_make(
    struct call *call, const struct db_query *query, struct db_args args, int64_t *id)
{
    struct packing_create_made made;
    bool found;

    if (!db_one_or_none(call, query, args, &packing_create_made_shape, &made, &found))
        return false;
    if (!found)
        return fail(call, FAULT_AGAIN, "%s: another session made this bag", query->name);

    *id = made.id;
    return true;
}

static bool make_parent(
    struct call *call, const char *code, const struct packing_create_family *family, int64_t *id)
{
    return packing_create_make(call, &PACKING_CREATE_PARENT,
        DB_ARGS(db_i64(call, counter_slot(call)), db_text(code), db_i64(call, family->family_id),
            db_i64(call, family->capacity), db_i64(call, family->child_weight_g),
            db_id(call, call->person.area_id), db_i64(call, call->person.id)),
        id);
}

static bool make_child(struct call *call, const char *code, int64_t *id)
{
    return packing_create_make(call, &PACKING_CREATE_CHILD,
        DB_ARGS(db_i64(call, counter_slot(call)), db_text(code), db_id(call, call->person.area_id),
            db_i64(call, call->person.id)),
        id);
}

/* The parent of this code, made if need be. *id is only set with VERDICT_DONE. */
static bool find_or_make_parent(
    struct call *call, const char *code, enum verdict *verdict, bool *created, int64_t *id)
{
    struct known_bag bag;
    struct packing_create_family family;
    bool found, fits;

    *verdict = VERDICT_DONE;
    *created = false;

    if (!db_one_or_none(
            call, &PACKING_BAG, DB_ARGS(db_text(code)), &packing_create_known_shape, &bag, &found))
        return false;

    if (found) {
        *id = bag.id;
        if (!is_parent(&bag))
            *verdict = VERDICT_NOT_A_PARENT;
        else if (!area_allows(call->person.area_id, bag.area_id))
            *verdict = VERDICT_OTHER_AREA;
        return true;
    }

    if (!db_one_or_none(call, &PACKING_FAMILY, DB_ARGS(db_text(code)), &packing_create_family_shape,
            &family, &fits))
        return false;
    if (!fits) {
        *verdict = VERDICT_NOT_A_PARENT;
        return true;
    }

    *created = true;
    return make_parent(call, code, &family, id);
}

bool packing_scan_parent(struct call *call, const unsigned char scan_id[16], const char *code,
    enum verdict *verdict, bool *created)
{
    char id[37];
    struct earlier earlier;
    bool found;
    int64_t parent_id;

    uuid_to_text(scan_id, id);
    if (!db_one_or_none(call,
            PACKING_KNOWN(.scan_id = id, .code = code, .user_id = call->person.id), &earlier_shape,
            &earlier, &found)
        || (found && earlier.reused && !fail(call, FAULT_ID_REUSED, "scan %s", id))
        || !find_or_make_parent(call, code, verdict, created, &parent_id))
        return false;

    if (found)
        *created = earlier.created;

    return found || *verdict != VERDICT_DONE
        || db_run(call, &PACKING_LOG_PARENT,
            DB_ARGS(db_i64(call, counter_slot(call)), db_text(id), db_i64(call, parent_id),
                db_i64(call, call->person.id), db_bool(*created)),
            NULL);
}

static bool create_in_parent(
    struct call *call, const char *code, const char *parent, enum verdict *verdict)
{
    struct packing_scan scan = { .arena = &call->arena,
        .parent = parent,
        .child = code,
        .at_us = NO_I64,
        .user_id = call->person.id,
        .area_id = call->person.area_id };
    struct packing_scan *const one = &scan;

    uuid7_create(scan.id);
    if (!packing_store_scans(call, &one, 1))
        return false;

    *verdict = scan.verdict;
    return true;
}

bool packing_create(struct call *call, const char *code, const char *parent, enum verdict *verdict)
{
    struct known_bag bag;
    bool found, created;
    int64_t id;

    if (parent)
        return create_in_parent(call, code, parent, verdict);
    if (!db_one_or_none(
            call, &PACKING_BAG, DB_ARGS(db_text(code)), &packing_create_known_shape, &bag, &found))
        return false;
    if (found) {
        *verdict = VERDICT_ALREADY_HERE;
        return true;
    }
    if (!find_or_make_parent(call, code, verdict, &created, &id))
        return false;
    if (*verdict == VERDICT_DONE)
        return audit_note(call, AUDIT_BAG_CREATE, id, NULL, NULL, NULL);

    *verdict = bag_is_child_code(code) ? VERDICT_DONE : VERDICT_BAD_CODE;
    return *verdict != VERDICT_DONE
        || (make_child(call, code, &id)
            && audit_note(call, AUDIT_BAG_CREATE, id, NULL, NULL, NULL));
}

struct deleted {
    enum bag_kind kind;
};

static const struct field deleted_fields[] = { FIELD_OF(struct deleted, kind, bag_kind_set) };
static const struct shape deleted_shape = SHAPE(struct deleted, deleted_fields);

static const char *packing_create_bag_json(struct call *call, const char *code, enum bag_kind kind)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "qr", code);
    json_put_text(&json, "kind", bag_kind_name(kind));
    json_close(&json, '}');
    return json.text;
}

bool packing_delete(struct call *call, const char *code)
{
    struct known_bag bag;
    struct deleted deleted;
    bool found;

    if (!db_one(call, &PACKING_BAG, DB_ARGS(db_text(code)), &packing_create_known_shape, &bag)
        || !db_one_or_none(call, &PACKING_DELETE,
            DB_ARGS(db_i64(call, counter_slot(call)), db_i64(call, bag.id)), &deleted_shape,
            &deleted, &found))
        return false;
    if (!found)
        return fail_with_message(
            call, FAULT_REFUSED, "%s is in a parent, on a bill, or has children in it.", code);

    return audit_note(
        call, AUDIT_BAG_DELETE, bag.id, packing_create_bag_json(call, code, bag.kind), NULL, NULL);
}

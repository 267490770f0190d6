/* Bags that come to be and go: parents opened by a scan, bags made and deleted by hand. */
#include "packing/packing.h"

#include <string.h>

#include "audit/audit.h"
#include "bag/code.h"
#include "bag/rules.h"
#include "base/text.h"
#include "base/uuid.h"
#include "family/family_match.h"
#include "judge/bag_store.h"
#include "packing/packing.sql.h"
#include "packing/store.h"
#include "stats/counter_hours.h"

struct known_bag {
    int64_t id;
    enum bag_kind kind;
};

static const struct field known_fields[] = {
    FIELD(struct known_bag, id),
    FIELD_OF(struct known_bag, kind, bag_kind_set),
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

/* The bags of these codes, held until the end of the transaction, or what they would become. */
static bool packing_create_fetch(
    struct call *call, const char *const *given, size_t count, struct bag_store *store)
{
    const char **codes = NEW_ARRAY(&call->arena, const char *, count);
    struct db_pipeline pipeline = { 0 };

    memcpy(codes, given, count * sizeof *codes);
    bag_store_add_fetch(call, &pipeline, codes, count, store);
    if (!db_pipeline_run(call, &pipeline, DB_WITHIN))
        return false;

    bag_store_read_rows(call, store);
    return true;
}

/* `id`: of the scan that has opened it; NULL: none has. Who loses a race runs the whole call again.
 */
static bool packing_create_write(struct call *call, const struct judged_bags *bags, const char *id)
{
    struct counter_hours hours = counter_hours_new(call, 1);
    struct counter_change change = judged_bags_totals(bags);
    struct db_pipeline pipeline = { 0 };

    bag_store_write(call, &pipeline, bags);
    if (id) {
        change.scans = 1;
        counter_hours_add_scan(&hours, NO_I64, false);
        db_pipeline_add(call, &pipeline,
            PACKING_LOG_PARENT(.scan_id = id, .parent_id = bags->items->id,
                .user_id = call->person.id, .created = judged_bag_is_new(bags->items)));
    }
    counter_write(call, &pipeline, change, &hours);
    return db_pipeline_run(call, &pipeline, DB_WITHIN) || db_pipeline_lost(call, true);
}

/* Whether the person may scan into it, which it becomes if need be. */
static enum verdict packing_open(struct call *call, const struct judged_bags *bags)
{
    struct judged_bag *bag = bags->items;

    judged_bag_make_parent(bags, bag, call->person.id, call->person.area_id);
    if (bag->is.kind != BAG_KIND_PARENT)
        return VERDICT_NOT_A_PARENT;
    return area_allows(call->person.area_id, bag->is.area_id) ? VERDICT_DONE : VERDICT_OTHER_AREA;
}

bool packing_scan_parent(struct call *call, const unsigned char scan_id[16], const char *code,
    enum verdict *verdict, bool *created)
{
    char id[37];
    struct earlier earlier;
    struct bag_store store = { 0 };
    bool found;

    uuid_to_text(scan_id, id);
    if (!db_one_or_none(call,
            PACKING_KNOWN(.scan_id = id, .code = code, .user_id = call->person.id), &earlier_shape,
            &earlier, &found)
        || (found && earlier.reused && !fail(call, FAULT_ID_REUSED, "scan %s", id))
        || !packing_create_fetch(call, &code, 1, &store))
        return false;

    *verdict = packing_open(call, &store.bags);

    const bool is_new = judged_bag_is_new(store.bags.items);

    *created = found ? earlier.created : is_new;
    return *verdict != VERDICT_DONE || (found && !is_new)
        || packing_create_write(call, &store.bags, found ? NULL : id);
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

/* What a code becomes that nobody has used. */
static enum verdict packing_make(
    struct call *call, const struct judged_bags *bags, struct judged_bag *bag)
{
    if (bag->is.kind)
        return VERDICT_ALREADY_HERE;
    if (judged_bag_make_parent(bags, bag, call->person.id, call->person.area_id))
        return VERDICT_DONE;
    if (!bag_is_child_code(bag->code))
        return VERDICT_BAD_CODE;
    judged_bag_make_child(bag, call->person.id, call->person.area_id);
    return VERDICT_DONE;
}

bool packing_create(struct call *call, const char *code, const char *parent, enum verdict *verdict)
{
    struct bag_store store = { 0 };

    if (parent)
        return create_in_parent(call, code, parent, verdict);
    if (!packing_create_fetch(call, &code, 1, &store))
        return false;

    *verdict = packing_make(call, &store.bags, store.bags.items);
    return *verdict != VERDICT_DONE
        || (packing_create_write(call, &store.bags, NULL)
            && audit_note(call, AUDIT_BAG_CREATE, store.bags.items->id, NULL, NULL, NULL));
}

/* Why the code can't be a bag of this kind, or isn't; VERDICT_NONE: it can. */
static enum verdict packing_refuse_kind(
    const struct judged_bags *bags, const struct judged_bag *bag, enum bag_kind wanted)
{
    const enum bag_kind kind = bag->is.kind               ? bag->is.kind
        : family_find_by_code(&bags->families, bag->code) ? BAG_KIND_PARENT
                                                          : BAG_KIND_CHILD;

    if (!wanted || kind == wanted)
        return VERDICT_NONE;
    return wanted == BAG_KIND_PARENT ? VERDICT_NOT_A_PARENT : VERDICT_IS_PARENT;
}

static void packing_note_created(
    struct call *call, struct db_pipeline *pipeline, const struct judged_bags *bags)
{
    struct audit_item *notes = NEW_ARRAY(&call->arena, struct audit_item, bags->count);
    size_t count = 0;

    for (size_t i = 0; i < bags->count; i++)
        if (judged_bag_is_new(&bags->items[i]))
            notes[count++] = (struct audit_item){ .user_id = call->person.id,
                .entity_id = bags->items[i].id,
                .address = call->address,
                .request_id = call->request_id };
    if (count)
        audit_note_many(call, pipeline, AUDIT_BAG_CREATE, notes, count);
}

bool packing_create_many(struct call *call, struct packing_draft *drafts, size_t count)
{
    const char **codes = NEW_ARRAY(&call->arena, const char *, count);
    struct db_pipeline pipeline = { 0 };
    struct bag_store store = { 0 };

    if (!count)
        return true;
    for (size_t i = 0; i < count; i++)
        codes[i] = drafts[i].code;
    if (!packing_create_fetch(call, codes, count, &store))
        return false;

    for (size_t i = 0; i < count; i++) {
        struct judged_bag *bag = judged_bag_find(&store.bags, drafts[i].code);

        drafts[i].verdict = packing_refuse_kind(&store.bags, bag, drafts[i].kind);
        if (!drafts[i].verdict)
            drafts[i].verdict = packing_make(call, &store.bags, bag);
    }
    packing_note_created(call, &pipeline, &store.bags);
    return (!pipeline.count || db_pipeline_run(call, &pipeline, DB_WITHIN))
        && packing_create_write(call, &store.bags, NULL);
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

    if (!db_one(call, PACKING_BAG(.code = code), &packing_create_known_shape, &bag)
        || !db_one_or_none(call, PACKING_DELETE(.slot = counter_slot(call), .id = bag.id),
            &deleted_shape, &deleted, &found))
        return false;
    if (!found)
        return fail_because(call, BAG_IN_USE, .bag = code);

    return audit_note(
        call, AUDIT_BAG_DELETE, bag.id, packing_create_bag_json(call, code, bag.kind), NULL, NULL);
}

#include "family/family.h"
#include "base/text.h"

#include <string.h>

#include "audit/audit.h"
#include "base/json.h"
#include "db/db.h"
#include "family/family.sql.h"
#include "family/family_check.h"

#define FAMILIES_MAX 100

static const struct field family_fields[] = {
    FIELD(struct family, id),
    FIELD(struct family, name),
    FIELD(struct family, prefix),
    FIELD(struct family, pattern),
    FIELD(struct family, capacity),
    FIELD_AS(struct family, child_weight_kg, FIELD_KG),
};

const struct shape family_shape = SHAPE(struct family, family_fields);

struct family_usage {
    int64_t bags;
};

static const struct field family_usage_fields[] = { FIELD(struct family_usage, bags) };
static const struct shape family_usage_shape = SHAPE(struct family_usage, family_usage_fields);

struct family_name {
    bool taken;
};

static const struct field family_name_fields[] = { FIELD(struct family_name, taken) };
static const struct shape family_name_shape = SHAPE(struct family_name, family_name_fields);

static const char *family_note_of(struct call *call, const struct family *family)
{
    struct json json = json_new(&call->arena);

    json_record(&json, &family_shape, family);
    return json.text;
}

bool family_list(struct call *call, struct list *families)
{
    return db_rows(call, FAMILY_LIST(), &family_shape, families);
}

static bool family_lock(struct call *call, int64_t id, struct family *family)
{
    bool found;

    return db_one_or_none(call, FAMILY_LOCK(.id = id), &family_shape, family, &found)
        && (found || fail(call, FAULT_NOT_FOUND, "family %lld", (long long)id));
}

static bool family_say_why_not(struct call *call, const char *name)
{
    struct family_name row;

    if (!db_one(call, FAMILY_NAME_TAKEN(.name_key = text_key(&call->arena, name)),
            &family_name_shape, &row))
        return false;
    return row.taken ? fail_field(call, "name", TAKEN)
                     : fail_because(call, FAMILIES_MOST, .most = FAMILIES_MAX);
}

static bool check_new(struct call *call, const struct family_edit *edit, const char **prefix)
{
    if (!edit->name || !edit->pattern)
        return fail_field(call, edit->name ? "pattern" : "name", MISSING);

    return family_check_name(call, edit->name)
        && (edit->child_weight_kg == NO_I64 || family_check_weight(call, edit->child_weight_kg))
        && family_check_pattern(call, edit, 0, prefix);
}

bool family_create(struct call *call, const struct family_edit *edit, struct family *family)
{
    const char *prefix;
    bool made;

    if (!check_new(call, edit, &prefix)
        || !db_one_or_none(call,
            FAMILY_INSERT(.name = edit->name, .name_key = text_key(&call->arena, edit->name),
                .prefix = prefix, .pattern = edit->pattern, .capacity = edit->capacity,
                .child_weight_g = edit->child_weight_kg, .most = FAMILIES_MAX),
            &family_shape, family, &made))
        return false;
    if (!made)
        return family_say_why_not(call, edit->name);
    return audit_note(
        call, AUDIT_FAMILY_CREATE, family->id, NULL, family_note_of(call, family), NULL);
}

static bool count_bags(struct call *call, int64_t id, int64_t *count)
{
    struct family_usage usage;

    if (!db_one(call, FAMILY_BAGS(.id = id), &family_usage_shape, &usage))
        return false;

    *count = usage.bags;
    return true;
}

static bool may_change_shape(struct call *call, const struct family *family)
{
    int64_t bags;

    return count_bags(call, family->id, &bags)
        && (!bags || fail_because(call, FAMILY_KEEPS_LOOK, .bags = bags, .family = family->name));
}

static bool may_be_deleted(struct call *call, const struct family *family)
{
    int64_t bags;

    return count_bags(call, family->id, &bags)
        && (!bags || fail_because(call, FAMILY_KEPT, .bags = bags, .family = family->name));
}

static bool is_same_shape(const struct family *old, const struct family_edit *edit)
{
    return strcmp(old->pattern, edit->pattern) == 0 && old->capacity == edit->capacity
        && (!edit->prefix || strcmp(old->prefix, edit->prefix) == 0);
}

/* Capacity and prefix belong to a pattern, so they are given together with it. */
static bool apply_pattern(struct call *call, const struct family_edit *edit, struct family *wanted)
{
    if (!edit->pattern) {
        if (edit->capacity != NO_I64 || edit->prefix)
            return fail_field(call, edit->prefix ? "prefix" : "capacity", PATTERN_NEEDED);
        return true;
    }
    if (is_same_shape(wanted, edit))
        return true;
    if (!may_change_shape(call, wanted)
        || !family_check_pattern(call, edit, wanted->id, &wanted->prefix))
        return false;

    wanted->pattern = edit->pattern;
    wanted->capacity = edit->capacity;
    return true;
}

static bool family_apply(struct call *call, const struct family_edit *edit, struct family *wanted)
{
    if (edit->name) {
        if (!family_check_name(call, edit->name))
            return false;
        wanted->name = edit->name;
    }
    if (edit->child_weight_kg != NO_I64) {
        if (!family_check_weight(call, edit->child_weight_kg))
            return false;
        wanted->child_weight_kg = edit->child_weight_kg;
    }
    return apply_pattern(call, edit, wanted);
}

static bool family_put(struct call *call, const struct family *wanted)
{
    if (db_run(call,
            FAMILY_UPDATE(.id = wanted->id, .name = wanted->name,
                .name_key = text_key(&call->arena, wanted->name), .prefix = wanted->prefix,
                .pattern = wanted->pattern, .capacity = wanted->capacity,
                .child_weight_g = wanted->child_weight_kg),
            NULL))
        return true;
    if (call->fault.code != FAULT_CONFLICT)
        return false;

    fail_clear(call);
    return fail_field(call, "name", TAKEN);
}

bool family_update(
    struct call *call, int64_t id, const struct family_edit *edit, struct family *family)
{
    struct family old;

    if (!family_lock(call, id, &old))
        return false;

    *family = old;
    return family_apply(call, edit, family) && family_put(call, family)
        && audit_note(call, AUDIT_FAMILY_EDIT, id, family_note_of(call, &old),
            family_note_of(call, family), NULL);
}

bool family_delete(struct call *call, int64_t id)
{
    struct family old;

    return family_lock(call, id, &old) && may_be_deleted(call, &old)
        && audit_note(call, AUDIT_FAMILY_DELETE, id, family_note_of(call, &old), NULL, NULL)
        && db_run(call, FAMILY_DELETE(.id = id), NULL);
}

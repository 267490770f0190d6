#include "area/area.h"

#include "area/area.sql.h"
#include "audit/audit.h"
#include "base/json.h"
#include "base/text.h"
#include "db/db.h"

#define AREA_NAME_LONGEST 60
#define AREAS_MAX 500

static const struct field area_fields[] = {
    FIELD(struct area, id),
    FIELD(struct area, name),
    FIELD(struct area, users),
};

const struct shape area_shape = SHAPE(struct area, area_fields);

struct area_usage {
    int64_t bags;
};

static const struct field area_usage_fields[] = { FIELD(struct area_usage, bags) };
static const struct shape area_usage_shape = SHAPE(struct area_usage, area_usage_fields);

static bool check_name(struct call *call, const char *name)
{
    return text_is_name(name, AREA_NAME_LONGEST)
        || fail_field(call, "name", BAD_NAME, .most = AREA_NAME_LONGEST);
}

static bool taken(struct call *call)
{
    return fail_field(call, "name", TAKEN);
}

static const char *area_note_of(struct call *call, const char *name)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "name", name);
    json_close(&json, '}');
    return json.text;
}

bool area_list(struct call *call, struct list *areas)
{
    return db_rows(call, AREA_LIST(), &area_shape, areas);
}

static bool area_find(
    struct call *call, int64_t id, const char *name, struct area *area, bool *found)
{
    return db_one_or_none(call,
        AREA_BY(.id = id, .name_key = name ? text_key(&call->arena, name) : NULL), &area_shape,
        area, found);
}

static bool find_named(struct call *call, const char *name, struct area *area)
{
    bool found;

    return area_find(call, 0, name, area, &found)
        && (found || fail_field(call, "area", UNKNOWN_AREA));
}

bool area_find_name(struct call *call, const char *name, const char **known)
{
    struct area area;

    if (!find_named(call, name, &area))
        return false;

    *known = area.name;
    return true;
}

bool area_for_new_user(struct call *call, enum role role, const char *name, int64_t *id)
{
    struct area area;

    *id = 0;
    if (!name || !*name)
        return true;
    if (role != ROLE_DISPATCHER)
        return fail_field(call, "area", DISPATCHERS_ONLY);
    if (!find_named(call, name, &area))
        return false;

    *id = area.id;
    return true;
}

static bool find_by_id(struct call *call, int64_t id, struct area *area)
{
    bool found;

    return area_find(call, id, NULL, area, &found)
        && (found || fail(call, FAULT_NOT_FOUND, "area %lld", (long long)id));
}

/* Nothing was inserted: because of the name, or because there are so many? */
static bool area_say_why_not(struct call *call, const char *name)
{
    struct area area;
    bool found;

    if (!area_find(call, 0, name, &area, &found))
        return false;
    return found ? taken(call) : fail_because(call, AREAS_MOST, .most = AREAS_MAX);
}

bool area_create(struct call *call, const char *name, struct area *area)
{
    bool made;

    if (!check_name(call, name)
        || !db_one_or_none(call,
            AREA_INSERT(.name = name, .name_key = text_key(&call->arena, name), .most = AREAS_MAX),
            &area_shape, area, &made))
        return false;
    if (!made)
        return area_say_why_not(call, name);
    return audit_note(call, AUDIT_AREA_CREATE, area->id, NULL, area_note_of(call, name), NULL);
}

static bool put_name(struct call *call, int64_t id, const char *name)
{
    if (db_run(call, AREA_UPDATE(.id = id, .name = name, .name_key = text_key(&call->arena, name)),
            NULL))
        return true;
    if (call->fault.code != FAULT_CONFLICT)
        return false;

    fail_clear(call);
    return taken(call);
}

bool area_rename(struct call *call, int64_t id, const char *name, struct area *area)
{
    struct area old;

    return check_name(call, name) && find_by_id(call, id, &old) && put_name(call, id, name)
        && audit_note(
            call, AUDIT_AREA_EDIT, id, area_note_of(call, old.name), area_note_of(call, name), NULL)
        && find_by_id(call, id, area);
}

static bool is_unused(struct call *call, const struct area *area)
{
    struct area_usage usage;

    if (area->users)
        return fail_because(call, AREA_HAS_PEOPLE, .people = area->users, .area = area->name);

    return db_one(call, AREA_BAGS(.id = area->id), &area_usage_shape, &usage)
        && (!usage.bags
            || fail_because(call, AREA_HAS_BAGS, .bags = usage.bags, .area = area->name));
}

bool area_delete(struct call *call, int64_t id)
{
    struct area area;

    return db_run(call, AREA_LOCK(.id = id), NULL) && find_by_id(call, id, &area)
        && is_unused(call, &area)
        && audit_note(call, AUDIT_AREA_DELETE, id, area_note_of(call, area.name), NULL, NULL)
        && db_run(call, AREA_DELETE(.id = id), NULL);
}

#include "stats/recount.h"

#include <string.h>

#include "db/db.h"
#include "stats/recount.sql.h"

struct recount_org {
    int64_t id;
};

static const struct field recount_org_fields[] = { FIELD(struct recount_org, id) };
static const struct shape recount_org_shape = SHAPE(struct recount_org, recount_org_fields);

struct recount_done {
    bool done;
};

static const struct field recount_done_fields[] = { FIELD(struct recount_done, done) };
static const struct shape recount_done_shape = SHAPE(struct recount_done, recount_done_fields);

static const struct field difference_fields[] = {
    FIELD(struct recount_difference, figure),
    FIELD(struct recount_difference, kept),
    FIELD(struct recount_difference, counted),
};
static const struct shape difference_shape = SHAPE(struct recount_difference, difference_fields);

static void recount_append(struct arena *arena, struct list *list, const struct list *more)
{
    struct recount_difference *items =
        NEW_ARRAY(arena, struct recount_difference, list->count + more->count + 1);

    if (list->count)
        memcpy(items, list->items, list->count * sizeof *items);
    if (more->count)
        memcpy(items + list->count, more->items, more->count * sizeof *items);
    list->items = items;
    list->count += more->count;
}

bool recount_differences(struct call *call, struct list *differences)
{
    struct list orgs, found;
    struct recount_done done;

    *differences = (struct list){ NULL, 0 };
    if (!db_one(call, RECOUNT_PATIENCE(), &recount_done_shape, &done)
        || !db_rows(call, RECOUNT_ORGS(), &recount_org_shape, &orgs))
        return false;

    for (size_t i = 0; i < orgs.count; i++) {
        call->org_id = ((const struct recount_org *)orgs.items)[i].id;
        if (!db_rows(call, RECOUNT_DIFFERENCES(), &difference_shape, &found))
            return false;
        recount_append(&call->arena, differences, &found);
    }
    return true;
}

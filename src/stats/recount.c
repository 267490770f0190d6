#include "stats/recount.h"

#include <string.h>

#include "db/db.h"
#include "stats/recount.sql.h"

struct org {
    int64_t id;
};

static const struct field org_fields[] = { FIELD(struct org, id) };
static const struct shape org_shape = SHAPE(struct org, org_fields);

struct done {
    bool done;
};

static const struct field done_fields[] = { FIELD(struct done, done) };
static const struct shape done_shape = SHAPE(struct done, done_fields);

static const struct field difference_fields[] = {
    FIELD(struct recount_difference, figure),
    FIELD(struct recount_difference, kept),
    FIELD(struct recount_difference, counted),
};
static const struct shape difference_shape = SHAPE(struct recount_difference, difference_fields);

static void append(struct arena *arena, struct list *list, const struct list *more)
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
    struct done done;

    *differences = (struct list){ NULL, 0 };
    if (!db_one(call, RECOUNT_PATIENCE(), &done_shape, &done)
        || !db_rows(call, RECOUNT_ORGS(), &org_shape, &orgs))
        return false;

    for (size_t i = 0; i < orgs.count; i++) {
        call->org_id = ((const struct org *)orgs.items)[i].id;
        if (!db_rows(call, RECOUNT_DIFFERENCES(), &difference_shape, &found))
            return false;
        append(&call->arena, differences, &found);
    }
    return true;
}

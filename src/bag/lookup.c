#include "bag/lookup.h"

#include <assert.h>

#include "bag/bag.h"
#include "bag/code.h"
#include "http/batch.h"

struct lookup {
    const char *code;
    int64_t area_id; /* NO_I64: any */
    struct arena *arena; /* of the request, for the texts of `bag` */
    struct bag bag;
    bool found;
};

/* The rows die with the batch, the answer is needed after it. */
static void keep(struct lookup *lookup, const struct bag *bag)
{
    struct arena *arena = lookup->arena;

    lookup->found = true;
    lookup->bag = *bag;
    lookup->bag.qr = arena_text(arena, bag->qr);
    lookup->bag.family = arena_text(arena, bag->family);
    lookup->bag.area = arena_text(arena, bag->area);
    lookup->bag.parent = arena_text(arena, bag->parent);
    lookup->bag.bill = arena_text(arena, bag->bill);
    lookup->bag.created_at = arena_text(arena, bag->created_at);
    lookup->bag.created_by = arena_text(arena, bag->created_by);
    lookup->bag.updated_at = arena_text(arena, bag->updated_at);
    lookup->bag.children = arena_text(arena, bag->children);
}

static int lookup_lanes(const struct config *config)
{
    return config_number(config, OPTION_LOOK_UP_LANES);
}

static bool lookup_work(struct call *call, void *const *records, size_t count)
{
    const char **codes = NEW_ARRAY(&call->arena, const char *, count);
    int64_t *area_ids = NEW_ARRAY(&call->arena, int64_t, count);
    struct list bags;

    for (size_t i = 0; i < count; i++) {
        const struct lookup *lookup = records[i];

        codes[i] = lookup->code;
        area_ids[i] = lookup->area_id;
    }

    if (!bag_find_many(call, codes, area_ids, count, &bags))
        return false;

    for (size_t i = 0; i < bags.count; i++) {
        const struct bag *bag = (const struct bag *)bags.items + i;

        assert(bag->n >= 1 && (size_t)bag->n <= count);
        keep(records[bag->n - 1], bag);
    }
    return true;
}

static const struct batch_kind lookup_kind = {
    .name = "look-up", .size = sizeof(struct lookup), .lanes = lookup_lanes, .work = lookup_work
};

static bool lookup_read(struct call *call, const struct request *request, struct batch *batch)
{
    struct lookup *lookup = batch_records(call, batch, &lookup_kind, 1);

    lookup->code = bag_code_clean(&call->arena, request_path(request, "qr"));
    lookup->area_id = call->person.area_id ? call->person.area_id : NO_I64;
    lookup->arena = &call->arena;
    return true;
}

static bool lookup_answer(struct call *call, const struct batch *batch, struct reply *reply)
{
    const struct lookup *lookup = batch_record(batch, 0);

    if (!lookup->found)
        return fail_because(call, BAG_UNKNOWN, .bag = lookup->code);

    return bag_reply(call, &lookup->bag, 200, reply);
}

const struct batch_route get_bag = { &lookup_kind, lookup_read, lookup_answer, .each = false };

#include "bag/lookup.h"

#include <assert.h>
#include <string.h>

#include "bag/bag.h"
#include "bag/code.h"
#include "db/lanes.h"
#include "http/ticket.h"

static struct lanes lookup_lanes;

struct lookup {
    struct lane_item item;
    struct ticket *ticket;
    const char *code;
    int64_t area_id; /* NO_I64: any */
    struct arena *arena; /* of the request; the lane writes into it while the request sleeps */
    struct bag bag; /* texts in `arena` */
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

static bool lookup_run(struct call *call, struct lane_item **items, size_t count)
{
    const char **codes = NEW_ARRAY(&call->arena, const char *, count);
    int64_t *area_ids = NEW_ARRAY(&call->arena, int64_t, count);
    struct list bags;

    for (size_t i = 0; i < count; i++) {
        const struct lookup *lookup = (const struct lookup *)items[i];

        codes[i] = lookup->code;
        area_ids[i] = lookup->area_id;
    }

    if (!bag_find_many(call, codes, area_ids, count, &bags))
        return false;

    for (size_t i = 0; i < bags.count; i++) {
        const struct bag *bag = (const struct bag *)bags.items + i;

        assert(bag->n >= 1 && (size_t)bag->n <= count);
        keep((struct lookup *)items[bag->n - 1], bag);
    }
    return true;
}

static void lookup_done(struct lane_item *item)
{
    ticket_done(((struct lookup *)item)->ticket);
}

void bag_lookup_start(const char *conninfo, const struct lanes_settings *settings)
{
    lanes_start(&lookup_lanes, "look-up", settings, lookup_run, lookup_done, conninfo);
}

void bag_lookup_stop(void)
{
    lanes_stop(&lookup_lanes);
}

static bool lookup_take(struct call *call, const struct request *request, struct ticket *ticket)
{
    struct lookup *lookup = NEW(&call->arena, struct lookup);

    lookup->ticket = ticket;
    lookup->item.org_id = call->org_id;
    lookup->code = bag_code_clean(&call->arena, request_path(request, "qr"));
    lookup->area_id = call->person.area_id ? call->person.area_id : NO_I64;
    lookup->arena = &call->arena;
    ticket->state = lookup;

    ticket_expect(ticket, 1);
    return lanes_push(
               &lookup_lanes, lane_key_hash('b', lookup->code, strlen(lookup->code)), &lookup->item)
        || fail(call, FAULT_OVERLOADED, "the look-up lane is full");
}

static bool lookup_answer(struct call *call, struct ticket *ticket, struct reply *reply)
{
    const struct lookup *lookup = ticket->state;

    if (lookup->item.fault.code) {
        call->fault = lookup->item.fault;
        return false;
    }
    if (!lookup->found)
        return fail_because(call, BAG_UNKNOWN, .bag = lookup->code);

    return bag_reply(call, &lookup->bag, 200, reply);
}

const struct lane_route get_bag = { lookup_take, lookup_answer };

#include "bag/look_up.h"

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
static void keep(struct lookup *look_up, const struct bag *bag)
{
    struct arena *arena = look_up->arena;

    look_up->found = true;
    look_up->bag = *bag;
    look_up->bag.qr = arena_text(arena, bag->qr);
    look_up->bag.kind = arena_text(arena, bag->kind);
    look_up->bag.family = arena_text(arena, bag->family);
    look_up->bag.status = arena_text(arena, bag->status);
    look_up->bag.area = arena_text(arena, bag->area);
    look_up->bag.parent = arena_text(arena, bag->parent);
    look_up->bag.bill = arena_text(arena, bag->bill);
    look_up->bag.created_at = arena_text(arena, bag->created_at);
    look_up->bag.created_by = arena_text(arena, bag->created_by);
    look_up->bag.updated_at = arena_text(arena, bag->updated_at);
    look_up->bag.children = arena_text(arena, bag->children);
}

static bool lookup_run(struct call *call, struct lane_item **items, size_t count)
{
    const char **codes = NEW_ARRAY(&call->arena, const char *, count);
    int64_t *area_ids = NEW_ARRAY(&call->arena, int64_t, count);
    struct list bags;

    for (size_t i = 0; i < count; i++) {
        const struct lookup *look_up = (const struct lookup *)items[i];

        codes[i] = look_up->code;
        area_ids[i] = look_up->area_id;
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
    struct lookup *look_up = NEW(&call->arena, struct lookup);

    look_up->ticket = ticket;
    look_up->item.org_id = call->org_id;
    look_up->code = bag_code_clean(&call->arena, request_path(request, "qr"));
    look_up->area_id = call->person.area_id ? call->person.area_id : NO_I64;
    look_up->arena = &call->arena;
    ticket->state = look_up;

    ticket_expect(ticket, 1);
    return lanes_push(&lookup_lanes, lane_key_hash('b', look_up->code, strlen(look_up->code)),
               &look_up->item)
        || fail(call, FAULT_OVERLOADED, "the look-up lane is full");
}

static bool lookup_answer(struct call *call, struct ticket *ticket, struct reply *reply)
{
    const struct lookup *look_up = ticket->state;

    if (look_up->item.fault.code) {
        call->fault = look_up->item.fault;
        return false;
    }
    if (!look_up->found)
        return fail_with_message(call, FAULT_NOT_FOUND, "There is no bag %s.", look_up->code);

    return bag_reply(call, &look_up->bag, 200, reply);
}

const struct lane_route get_bag = { lookup_take, lookup_answer };

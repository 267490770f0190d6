#include "returns/judge.h"

#include <assert.h>
#include <string.h>

static struct judged_ticket *return_find_ticket(const struct return_judge *judge, const char *code)
{
    for (size_t i = 0; i < judge->tickets_count; i++)
        if (strcmp(judge->tickets[i].code, code) == 0)
            return &judge->tickets[i];
    return NULL;
}

static struct returned_bill *return_find_bill(const struct return_judge *judge, int64_t id)
{
    for (size_t i = 0; i < judge->bills_count; i++)
        if (judge->bills[i].id == id)
            return &judge->bills[i];
    return NULL;
}

static bool return_is_on(
    const struct return_judge *judge, const struct judged_ticket *ticket, int64_t bag_id)
{
    for (size_t i = 0; i < judge->places_count; i++)
        if (judge->places[i].ticket_id == ticket->id && judge->places[i].bag_id == bag_id)
            return true;
    return false;
}

static enum verdict return_refuse(const struct return_judge *judge,
    const struct judged_ticket *ticket, const struct judged_bag *bag)
{
    if (ticket->status != TICKET_OPEN)
        return VERDICT_TICKET_CLOSED;
    if (!bag->is.kind)
        return VERDICT_NOT_FOUND;
    if (bag->is.kind == BAG_KIND_CHILD)
        return VERDICT_IS_CHILD;
    if (return_is_on(judge, ticket, bag->id))
        return VERDICT_ALREADY_HERE;
    return bag->is.bill_id == NO_I64 ? VERDICT_NOT_ON_A_BILL : VERDICT_NONE;
}

/* A completed bill stays completed, and counts what came back; an open one has room again. */
static void return_take_off(struct returned_bill *bill, const struct judged_bag *bag)
{
    bill->is.linked--;
    bill->is.children -= bag->is.child_count;
    bill->is.weight_g -= bag->is.weight_g;
    bill->is.expected_g -= bag->expected_g;
    if (bill->is.status == BILL_STATUS_COMPLETED)
        bill->is.returned++;
    else if (!bill->is.linked)
        bill->is.status = BILL_STATUS_NEW;
}

static void return_put_back(struct returned_bill *bill, const struct judged_bag *bag)
{
    bill->is.linked++;
    bill->is.children += bag->is.child_count;
    bill->is.weight_g += bag->is.weight_g;
    bill->is.expected_g += bag->expected_g;
    if (bill->is.status == BILL_STATUS_COMPLETED)
        bill->is.returned--;
    else
        bill->is.status =
            bill->is.linked >= bill->capacity ? BILL_STATUS_COMPLETED : BILL_STATUS_PROCESSING;
}

static void return_accept(struct return_judge *judge, struct judged_ticket *ticket,
    struct judged_bag *bag, struct return_scan *scan)
{
    struct returned_bill *bill = return_find_bill(judge, bag->is.bill_id);

    assert(bill); /* a locked bag keeps its bill */
    scan->before = bill->is;
    return_take_off(bill, bag);
    scan->after = bill->is;
    bag->is.bill_id = NO_I64;
    judged_bag_mark_changed(bag, scan->user_id, 0);
    ticket->is.bags++;
    ticket->is.children += bag->is.child_count;
    ticket->is.weight_g += bag->is.weight_g;
    judge->places[judge->places_count++] = (struct ticket_place){ ticket->id, bag->id };

    scan->bill = bill->code;
    scan->bill_id = bill->id;
    scan->linked = bill->is.linked;
    scan->capacity = bill->capacity;
    scan->closed = bill->is.status == BILL_STATUS_COMPLETED;
}

/* What the answer shows: all as it is just after this scan. */
static void return_show(
    struct return_scan *scan, const struct judged_ticket *ticket, const struct judged_bag *bag)
{
    const bool is_parent = bag->is.kind == BAG_KIND_PARENT;

    scan->ticket_id = ticket->id;
    scan->bags = ticket->is.bags;
    scan->children = ticket->is.children;
    scan->weight_kg = ticket->is.weight_g;
    scan->parent_id = is_parent ? bag->id : NO_I64;
    scan->child_id = bag->is.kind == BAG_KIND_CHILD ? bag->id : NO_I64;
    scan->bag_children = is_parent ? bag->is.child_count : NO_I64;
    scan->bag_weight_kg = is_parent ? bag->is.weight_g : NO_I64;
}

static void return_judge_one(struct return_judge *judge, struct return_scan *scan)
{
    struct judged_ticket *ticket = return_find_ticket(judge, scan->ticket);
    struct judged_bag *bag = judged_bag_find(&judge->bags, scan->qr);

    scan->bill = NULL;
    scan->bill_id = scan->linked = scan->capacity = NO_I64;
    scan->closed = false;
    scan->outcome = ticket ? RETURN_JUDGED : RETURN_NO_TICKET;
    if (!ticket)
        return;

    scan->verdict = return_refuse(judge, ticket, bag);
    if (!scan->verdict) {
        scan->verdict = VERDICT_DONE;
        return_accept(judge, ticket, bag, scan);
    }
    return_show(scan, ticket, bag);
}

/* Of the same kind, person, ticket and bag. A code that is gone can't be compared. */
static bool return_is_same(const struct earlier_scan *earlier, const struct return_scan *scan)
{
    const char *bag = earlier->parent ? earlier->parent
        : earlier->child              ? earlier->child
                                      : earlier->scanned;

    return earlier->kind == SCAN_KIND_RETURN && earlier->user_id == scan->user_id
        && (!earlier->ticket || earlier_scan_code_matches(earlier->ticket, scan->ticket))
        && (!bag || earlier_scan_code_matches(bag, scan->qr));
}

/* Nothing is told about the scan that has the id. */
static void return_repeat(const struct earlier_scan *earlier, struct return_scan *scan)
{
    scan->known = true;
    scan->outcome = return_is_same(earlier, scan) ? RETURN_JUDGED : RETURN_ID_USED;
    scan->verdict = earlier->verdict;
    scan->bill = earlier->bill;
    scan->bags = earlier->ticket_bags;
    scan->children = earlier->children;
    scan->weight_kg = earlier->weight_g;
    scan->bag_children = earlier->bag_children;
    scan->bag_weight_kg = earlier->bag_weight_g;
}

/* A scan that came twice at once. */
static void return_repeat_one(const struct return_scan *first, struct return_scan *scan)
{
    const struct earlier_scan earlier = { .kind = SCAN_KIND_RETURN,
        .verdict = first->verdict,
        .user_id = first->user_id,
        .ticket = first->ticket,
        .scanned = first->qr,
        .bill = first->bill,
        .ticket_bags = first->bags,
        .children = first->children,
        .weight_g = first->weight_kg,
        .bag_children = first->bag_children,
        .bag_weight_g = first->bag_weight_kg };

    return_repeat(&earlier, scan);
}

/* The scan before the `n`th that has its id and was judged; NULL: there is none. */
static const struct return_scan *return_find_same(struct return_scan *const *scans, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (memcmp(scans[i]->id, scans[n]->id, sizeof scans[n]->id) == 0
            && scans[i]->outcome == RETURN_JUDGED)
            return scans[i];
    return NULL;
}

void return_judge_scans(struct return_judge *judge, struct return_scan *const *scans, size_t count)
{
    const struct earlier_scan *earlier = judge->earlier.items;

    /* A batch that lost a race is decided once more. */
    for (size_t i = 0; i < count; i++)
        scans[i]->known = false;
    for (size_t i = 0; i < judge->earlier.count; i++)
        return_repeat(&earlier[i], scans[earlier[i].n - 1]);
    for (size_t i = 0; i < count; i++) {
        const struct return_scan *first = scans[i]->known ? NULL : return_find_same(scans, i);

        if (first)
            return_repeat_one(first, scans[i]);
        else if (!scans[i]->known)
            return_judge_one(judge, scans[i]);
    }
}

static enum ticket_stay return_find_obstacle(
    const struct restored *restored, const struct judged_bag *bag, const struct returned_bill *bill)
{
    if (!bag)
        return TICKET_STAY_BAG_GONE;
    if (bag->is.bill_id != NO_I64)
        return TICKET_STAY_BAG_BILLED;
    if (!restored->is_latest)
        return TICKET_STAY_BAG_RETURNED;
    if (!bill)
        return TICKET_STAY_BILL_GONE;
    if (bill->is.linked >= bill->capacity) /* perhaps because its capacity was lowered */
        return TICKET_STAY_BILL_FULL;
    if (bill->is.status == BILL_STATUS_COMPLETED && bill->is.returned)
        return TICKET_STAY_NONE; /* its place was kept */
    return bill->is.status == BILL_STATUS_COMPLETED ? TICKET_STAY_BILL_COMPLETED : TICKET_STAY_NONE;
}

/* A code can be another bag's by now. */
static struct judged_bag *return_find_bag(
    const struct return_judge *judge, const struct restored *restored)
{
    struct judged_bag *bag = restored->qr ? judged_bag_find(&judge->bags, restored->qr) : NULL;

    return bag && bag->is.kind == BAG_KIND_PARENT && bag->id == restored->bag_id ? bag : NULL;
}

void return_judge_restore(struct return_judge *judge, struct judged_ticket *ticket,
    struct restored *restored, int64_t user_id)
{
    struct judged_bag *bag = return_find_bag(judge, restored);
    struct returned_bill *bill = return_find_bill(judge, restored->bill_id);

    restored->stay = return_find_obstacle(restored, bag, bill);
    if (restored->stay)
        return;

    return_put_back(bill, bag);
    bag->is.bill_id = bill->id;
    judged_bag_mark_changed(bag, user_id, 0);
    ticket->is.bags--;
    ticket->is.children -= restored->child_count;
    ticket->is.weight_g -= restored->weight_g;

    restored->linked = bill->is.linked;
    restored->capacity = bill->capacity;
    restored->closed = bill->is.status == BILL_STATUS_COMPLETED;
}

bool returned_bill_is_changed(const struct returned_bill *bill)
{
    return bill->is.linked != bill->was.linked;
}

bool judged_ticket_is_changed(const struct judged_ticket *ticket)
{
    return ticket->is.bags != ticket->was.bags;
}

int64_t return_judge_completed(const struct return_judge *judge)
{
    int64_t completed = 0;

    for (size_t i = 0; i < judge->bills_count; i++)
        completed += judge->bills[i].is.status == BILL_STATUS_COMPLETED
            && judge->bills[i].was.status != BILL_STATUS_COMPLETED;
    return completed;
}

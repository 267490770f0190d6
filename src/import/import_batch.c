#include "import/import_batch.h"

#include <string.h>

#include "base/text.h"
#include "base/uuid.h"
#include "bill/bill.h"
#include "bill/bill_check.h"
#include "bill/store.h"
#include "packing/packing.h"
#include "packing/store.h"

/* Parents of a bill that the file does not give a number for. */
#define IMPORT_CAPACITY_DEFAULT 1
#define IMPORT_CAPACITY_MAX 100000

void import_item_end(struct import_item *item, enum import_outcome outcome, struct words why)
{
    item->outcome = outcome;
    item->why = why;
}

static struct words import_words(enum reason reason)
{
    return (struct words){ .reason = reason };
}

/* A row of no use is skipped if what it asks for is so already. */
static void import_item_refuse(struct import_item *item, enum verdict verdict, struct words why)
{
    import_item_end(item, verdict == VERDICT_ALREADY_HERE ? IMPORT_ROW_SKIPPED : IMPORT_ROW_ERROR,
        why.reason ? why : import_words(verdict_reason(verdict)));
}

static bool import_is_waiting(const struct import_item *item, enum import_role role)
{
    return item->role == role && !item->outcome;
}

/* Bags that are made without a parent, and those that children go into. */
static bool import_store_bags(struct call *call, struct import_batch *batch,
    bool (*is_wanted)(const struct import_item *item), enum import_outcome outcome_if_there)
{
    struct packing_draft *drafts = NEW_ARRAY(&call->arena, struct packing_draft, batch->count);
    struct import_item **items = NEW_ARRAY(&call->arena, struct import_item *, batch->count);
    size_t count = 0;

    for (size_t i = 0; i < batch->count; i++)
        if (!batch->items[i].outcome && is_wanted(&batch->items[i])) {
            items[count] = &batch->items[i];
            drafts[count++] =
                (struct packing_draft){ .code = batch->items[i].code, .kind = batch->items[i].bag };
        }
    if (!packing_create_many(call, drafts, count))
        return false;

    for (size_t i = 0; i < count; i++)
        if (drafts[i].verdict == VERDICT_DONE)
            import_item_end(items[i], IMPORT_ROW_CREATED, import_words(REASON_NONE));
        else if (drafts[i].verdict == VERDICT_ALREADY_HERE)
            import_item_end(items[i], outcome_if_there, import_words(REASON_IMPORT_IS_THERE));
        else
            import_item_refuse(items[i], drafts[i].verdict, import_words(REASON_NONE));
    return true;
}

static void import_read_scan(struct call *call, struct import_batch *batch,
    struct import_item *item, const struct packing_scan *scan)
{
    const bool elsewhere = scan->verdict == VERDICT_ELSEWHERE && scan->where;

    if (scan->verdict == VERDICT_LINKED) {
        import_item_end(item, IMPORT_ROW_LINKED, import_words(REASON_NONE));
        batch->created += scan->child_created;
        return;
    }
    import_item_refuse(item, scan->verdict,
        elsewhere ? words_say(
            &call->arena, WORDS(CHILD_IN_PARENT, .child = scan->child, .parent = scan->where))
                  : import_words(REASON_NONE));
}

/* Children that go into a parent, by the judge of scans. */
static bool import_store_links(struct call *call, struct import_batch *batch, enum import_role role)
{
    struct packing_scan *scans = NEW_ARRAY(&call->arena, struct packing_scan, batch->count);
    struct packing_scan **each = NEW_ARRAY(&call->arena, struct packing_scan *, batch->count);
    struct import_item **items = NEW_ARRAY(&call->arena, struct import_item *, batch->count);
    size_t count = 0;

    for (size_t i = 0; i < batch->count; i++) {
        struct import_item *item = &batch->items[i];

        if (!import_is_waiting(item, role) || !item->target)
            continue;
        items[count] = item;
        each[count] = &scans[count];
        scans[count] = (struct packing_scan){ .arena = &call->arena,
            .parent = item->target,
            .child = item->code,
            .at_us = NO_I64,
            .user_id = call->person.id,
            .area_id = call->person.area_id };
        uuid7_create(scans[count++].id);
    }
    if (count && !packing_store_scans(call, each, count))
        return false;
    for (size_t i = 0; i < count; i++)
        import_read_scan(call, batch, items[i], &scans[i]);
    return true;
}

static bool import_is_head(const struct import_item *item)
{
    return item->role == IMPORT_ROLE_HEAD;
}

static bool import_is_alone(const struct import_item *item)
{
    return item->role == IMPORT_ROLE_SINGLE && !item->target;
}

/* Their parents first: one that can't be made has no children either, as the judge will say. */
static bool import_store_children(struct call *call, struct import_batch *batch)
{
    return import_store_bags(call, batch, import_is_head, IMPORT_ROW_USED)
        && import_store_links(call, batch, IMPORT_ROLE_MEMBER);
}

static bool import_store_free_bags(struct call *call, struct import_batch *batch)
{
    return import_store_bags(call, batch, import_is_alone, IMPORT_ROW_SKIPPED)
        && import_store_links(call, batch, IMPORT_ROLE_SINGLE);
}

/* The call's fault becomes the row's, unless it is one of the database. */
static bool import_take_fault(struct call *call, struct import_item *item)
{
    const enum fault_code code = call->fault.code;
    const struct field_error *wrong;

    if (code == FAULT_REFUSED || code == FAULT_CONFLICT) {
        import_item_end(item, IMPORT_ROW_ERROR, call->fault.words);
        fail_clear(call);
        return true;
    }
    if (code != FAULT_BAD_FIELDS)
        return false;
    wrong = fail_take_fields(call);
    import_item_end(item, IMPORT_ROW_ERROR, wrong->words);
    return true;
}

static bool import_create_bill(struct call *call, struct import_item *item, int64_t capacity,
    const char *description, enum import_outcome outcome_if_there)
{
    const struct bill_draft draft = {
        .code = item->code, .description = description, .capacity = capacity
    };
    struct bill bill;

    if (bill_find(call, item->code, &bill)) {
        import_item_end(item, outcome_if_there, import_words(REASON_IMPORT_IS_THERE));
        return true;
    }
    if (call->fault.code != FAULT_NOT_FOUND)
        return false;

    fail_clear(call);
    if (!bill_create(call, &draft, &bill))
        return import_take_fault(call, item);
    import_item_end(item, IMPORT_ROW_CREATED, import_words(REASON_NONE));
    return true;
}

static bool import_store_bills(struct call *call, struct import_batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        struct import_item *item = &batch->items[i];
        int64_t capacity = IMPORT_CAPACITY_DEFAULT;

        if (!import_is_waiting(item, IMPORT_ROLE_SINGLE))
            continue;
        if (*item->cells[2] && !text_to_i64(item->cells[2], 1, IMPORT_CAPACITY_MAX, &capacity))
            import_item_end(item, IMPORT_ROW_ERROR,
                words_say(&call->arena, WORDS(IMPORT_NO_NUMBER, .text = item->cells[2])));
        else if (!import_create_bill(call, item, capacity, item->cells[1], IMPORT_ROW_SKIPPED))
            return false;
    }
    return true;
}

/* A bill that is not there is made for just the parents above its row. */
static bool import_store_heads(struct call *call, struct import_batch *batch)
{
    int64_t members = 0;

    for (size_t i = 0; i < batch->count; i++) {
        struct import_item *item = &batch->items[i];

        members += import_is_waiting(item, IMPORT_ROLE_MEMBER);
        if (item->role != IMPORT_ROLE_HEAD)
            continue;
        if (!item->outcome
            && !import_create_bill(call, item, members ? members : 1, NULL, IMPORT_ROW_USED))
            return false;
        members = 0;
    }
    return true;
}

static void import_read_bill_scan(
    struct call *call, struct import_item *item, const struct bill_scan *scan)
{
    const bool elsewhere = scan->verdict == VERDICT_ELSEWHERE && scan->where;

    if (scan->outcome != BILL_SCAN_JUDGED)
        import_item_end(item, IMPORT_ROW_ERROR, import_words(REASON_IMPORT_NO_BILL));
    else if (scan->verdict == VERDICT_LINKED)
        import_item_end(item, IMPORT_ROW_LINKED, import_words(REASON_NONE));
    else
        import_item_refuse(item, scan->verdict,
            elsewhere
                ? words_say(&call->arena, WORDS(BAG_ON_BILL, .bag = scan->qr, .bill = scan->where))
                : import_words(REASON_NONE));
}

static bool import_store_bill_bags(struct call *call, struct import_batch *batch)
{
    struct bill_scan *scans = NEW_ARRAY(&call->arena, struct bill_scan, batch->count);
    struct bill_scan **each = NEW_ARRAY(&call->arena, struct bill_scan *, batch->count);
    struct import_item **items = NEW_ARRAY(&call->arena, struct import_item *, batch->count);
    size_t count = 0;

    if (!import_store_heads(call, batch))
        return false;
    for (size_t i = 0; i < batch->count; i++) {
        struct import_item *item = &batch->items[i];

        if (!import_is_waiting(item, IMPORT_ROLE_MEMBER) || !item->target)
            continue;
        items[count] = item;
        each[count] = &scans[count];
        scans[count] = (struct bill_scan){ .arena = &call->arena,
            .bill = item->target,
            .qr = item->code,
            .user_id = call->person.id };
        uuid7_create(scans[count++].id);
    }
    if (count && !bill_store_scans(call, each, count))
        return false;
    for (size_t i = 0; i < count; i++)
        import_read_bill_scan(call, items[i], &scans[i]);
    return true;
}

static void import_batch_count(struct import_batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        batch->created += batch->items[i].outcome == IMPORT_ROW_CREATED;
        batch->linked += batch->items[i].outcome == IMPORT_ROW_LINKED;
        batch->skipped += batch->items[i].outcome == IMPORT_ROW_SKIPPED;
        batch->errors += batch->items[i].outcome == IMPORT_ROW_ERROR;
    }
}

bool import_batch_store(struct call *call, enum import_kind kind, struct import_batch *batch)
{
    static bool (*const stores[IMPORT_KIND_COUNT])(
        struct call * call, struct import_batch * batch) = { [IMPORT_BAGS] = import_store_free_bags,
        [IMPORT_CHILDREN] = import_store_children,
        [IMPORT_BILL_BAGS] = import_store_bill_bags,
        [IMPORT_BILLS] = import_store_bills };

    batch->created = batch->linked = batch->skipped = batch->errors = 0;
    for (size_t i = 0; i < batch->count; i++)
        if (batch->items[i].role)
            batch->items[i].outcome = IMPORT_OUTCOME_NONE; /* of a try that was rolled back */
    if (!stores[kind](call, batch))
        return false;

    import_batch_count(batch);
    return true;
}

#include "returns/store.h"

#include <stdlib.h>
#include <string.h>

#include "audit/audit.h"
#include "base/uuid.h"
#include "db/records.h"
#include "judge/bag_store.h"
#include "judge/sort.h"
#include "returns/store.sql.h"
#include "returns/ticket.sql.h"
#include "stats/counter_hours.h"

struct return_bill_row {
    int64_t id, capacity, linked, returned, children, weight_g, expected_g;
    const char *code;
    enum bill_status status;
};

static const struct field return_bill_fields[] = {
    FIELD(struct return_bill_row, id),
    FIELD(struct return_bill_row, code),
    FIELD_OF(struct return_bill_row, status, bill_status_set),
    FIELD(struct return_bill_row, capacity),
    FIELD(struct return_bill_row, linked),
    FIELD(struct return_bill_row, returned),
    FIELD(struct return_bill_row, children),
    FIELD(struct return_bill_row, weight_g),
    FIELD(struct return_bill_row, expected_g),
};

static const struct shape return_bill_shape = SHAPE(struct return_bill_row, return_bill_fields);

struct return_ticket_row {
    int64_t id, bags, children, weight_g;
    const char *code;
    enum ticket_status status;
};

static const struct field return_ticket_fields[] = {
    FIELD(struct return_ticket_row, id),
    FIELD(struct return_ticket_row, code),
    FIELD_OF(struct return_ticket_row, status, ticket_status_set),
    FIELD(struct return_ticket_row, bags),
    FIELD(struct return_ticket_row, children),
    FIELD(struct return_ticket_row, weight_g),
};

static const struct shape return_ticket_shape =
    SHAPE(struct return_ticket_row, return_ticket_fields);

static const struct field ticket_place_fields[] = {
    FIELD(struct ticket_place, ticket_id),
    FIELD(struct ticket_place, bag_id),
};

static const struct shape ticket_place_shape = SHAPE(struct ticket_place, ticket_place_fields);

static const struct field restored_fields[] = {
    FIELD(struct restored, bag_id),
    FIELD(struct restored, bill_id),
    FIELD(struct restored, child_count),
    FIELD(struct restored, weight_g),
    FIELD(struct restored, qr),
    FIELD(struct restored, is_latest),
};

static const struct shape restored_shape = SHAPE(struct restored, restored_fields);

static void return_take_tickets(
    struct call *call, struct return_judge *judge, const struct list *rows)
{
    const struct return_ticket_row *row = rows->items;

    judge->tickets_count = rows->count;
    judge->tickets = NEW_ARRAY(&call->arena, struct judged_ticket, rows->count);
    for (size_t i = 0; i < rows->count; i++, row++) {
        const struct judged_ticket_totals totals = { row->bags, row->children, row->weight_g };

        judge->tickets[i] =
            (struct judged_ticket){ row->id, row->code, row->status, totals, totals };
    }
}

static void return_take_bills(
    struct call *call, struct return_judge *judge, const struct list *rows)
{
    const struct return_bill_row *row = rows->items;

    judge->bills_count = rows->count;
    judge->bills = NEW_ARRAY(&call->arena, struct returned_bill, rows->count);
    for (size_t i = 0; i < rows->count; i++, row++) {
        const struct returned_totals totals = { row->status, row->linked, row->returned,
            row->children, row->weight_g, row->expected_g };

        judge->bills[i] =
            (struct returned_bill){ row->id, row->capacity, row->code, totals, totals };
    }
}

static void return_take_places(
    struct call *call, struct return_judge *judge, const struct list *rows, size_t scans)
{
    judge->places_count = rows->count;
    judge->places = NEW_ARRAY(&call->arena, struct ticket_place, rows->count + scans);
    if (rows->count)
        memcpy(judge->places, rows->items, rows->count * sizeof *judge->places);
}

/* Lock these bills, and besides those that the bags are on. */
static bool return_fetch_bills(
    struct call *call, struct return_judge *judge, int64_t *ids, size_t count)
{
    struct list rows;

    for (size_t i = 0; i < judge->bags.count; i++) {
        const struct bag_state *was = &judge->bags.items[i].was;

        if (was->kind == BAG_KIND_PARENT && was->bill_id != NO_I64)
            ids[count++] = was->bill_id;
    }
    count = sort_i64s(ids, count);
    if (count
        && !db_rows(call, RETURN_STORE_BILLS(.ids = { ids, count }), &return_bill_shape, &rows))
        return false;
    if (count)
        return_take_bills(call, judge, &rows);
    return true;
}

static bool return_fetch(struct call *call, struct return_judge *judge,
    struct return_scan *const *scans, size_t count, enum db_bounds bounds)
{
    const struct records all = { (const void **)scans, count };
    const char **codes = NEW_ARRAY(&call->arena, const char *, count);
    const char **tickets = NEW_ARRAY(&call->arena, const char *, count);
    struct db_pipeline pipeline = { 0 };
    struct bag_store store = { 0 };
    struct list rows, places;

    for (size_t i = 0; i < count; i++) {
        codes[i] = scans[i]->qr;
        tickets[i] = scans[i]->ticket;
    }
    earlier_scans_add_fetch(call, &pipeline,
        records_uuids(call, &all, offsetof(struct return_scan, id)), &judge->earlier);
    db_pipeline_ask(call, &pipeline,
        RETURN_STORE_TICKETS(.codes = { tickets, sort_texts(tickets, count) }),
        &return_ticket_shape, &rows);
    bag_store_add_fetch(call, &pipeline, codes, count, &store);
    db_pipeline_ask(call, &pipeline,
        RETURN_STORE_PLACES(.tickets =
                                records_texts(call, &all, offsetof(struct return_scan, ticket)),
            .codes = records_texts(call, &all, offsetof(struct return_scan, qr))),
        &ticket_place_shape, &places);
    if (!db_pipeline_run(call, &pipeline, bounds))
        return false;

    bag_store_read_rows(call, &store);
    judge->bags = store.bags;
    return_take_tickets(call, judge, &rows);
    return_take_places(call, judge, &places, count);
    return return_fetch_bills(call, judge, NEW_ARRAY(&call->arena, int64_t, judge->bags.count), 0);
}

#define RETURN_BILL_I64S(member) records_i64s(call, &bills, offsetof(struct returned_bill, member))

static void return_write_bills(
    struct call *call, struct db_pipeline *pipeline, const struct return_judge *judge)
{
    struct records bills = records_new(call, judge->bills_count);

    for (size_t i = 0; i < judge->bills_count; i++)
        if (returned_bill_is_changed(&judge->bills[i]))
            records_add(&bills, &judge->bills[i]);
    if (bills.count)
        db_pipeline_add(call, pipeline,
            RETURN_STORE_UPDATE_BILLS(.ids = RETURN_BILL_I64S(id),
                .statuses = records_words(
                    call, &bills, offsetof(struct returned_bill, is.status), &bill_status_set),
                .linkeds = RETURN_BILL_I64S(is.linked), .returneds = RETURN_BILL_I64S(is.returned),
                .children = RETURN_BILL_I64S(is.children),
                .weights_g = RETURN_BILL_I64S(is.weight_g),
                .expecteds_g = RETURN_BILL_I64S(is.expected_g)));
}

#define RETURN_TICKET_I64S(member)                                                                 \
    records_i64s(call, &tickets, offsetof(struct judged_ticket, member))

static void return_write_tickets(
    struct call *call, struct db_pipeline *pipeline, const struct return_judge *judge)
{
    struct records tickets = records_new(call, judge->tickets_count);

    for (size_t i = 0; i < judge->tickets_count; i++)
        if (judged_ticket_is_changed(&judge->tickets[i]))
            records_add(&tickets, &judge->tickets[i]);
    if (tickets.count)
        db_pipeline_add(call, pipeline,
            RETURN_STORE_UPDATE_TICKETS(.ids = RETURN_TICKET_I64S(id),
                .bags = RETURN_TICKET_I64S(is.bags), .children = RETURN_TICKET_I64S(is.children),
                .weights_g = RETURN_TICKET_I64S(is.weight_g)));
}

static void return_put_bill(
    struct json *json, const char *key, const struct returned_totals *totals)
{
    json_key(json, key);
    json_open(json, '{');
    json_put_i64(json, "linked", totals->linked);
    json_put_i64(json, "returned", totals->returned);
    json_put_i64(json, "children", totals->children);
    json_put_i64(json, "weight_g", totals->weight_g);
    json_put_text(json, "status", word_set_word(&bill_status_set, totals->status));
    json_close(json, '}');
}

static const char *return_figures(struct call *call, const struct return_scan *scan)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_i64(&json, "ticket_bags", scan->bags);
    json_put_i64(&json, "children", scan->children);
    json_put_i64(&json, "weight_g", scan->weight_kg);
    if (scan->bag_children != NO_I64) {
        json_put_i64(&json, "bag_children", scan->bag_children);
        json_put_i64(&json, "bag_weight_g", scan->bag_weight_kg);
    }
    if (scan->verdict == VERDICT_DONE)
        return_put_bill(&json, "before", &scan->before);
    json_close(&json, '}');
    return json.text;
}

#define RETURN_I64S(member) records_i64s(call, scans, offsetof(struct return_scan, member))

static void return_write_scans(
    struct call *call, struct db_pipeline *pipeline, const struct records *scans)
{
    const char **figures = NEW_ARRAY(&call->arena, const char *, scans->count);
    const char **scanned = NEW_ARRAY(&call->arena, const char *, scans->count);

    for (size_t i = 0; i < scans->count; i++) {
        const struct return_scan *scan = scans->items[i];
        const bool unknown = scan->parent_id == NO_I64 && scan->child_id == NO_I64;

        figures[i] = return_figures(call, scan);
        scanned[i] = unknown ? scan->qr : NULL;
    }
    db_pipeline_add(call, pipeline,
        RETURN_STORE_LOG(.ids = records_uuids(call, scans, offsetof(struct return_scan, id)),
            .ticket_ids = RETURN_I64S(ticket_id), .parent_ids = RETURN_I64S(parent_id),
            .child_ids = RETURN_I64S(child_id), .bill_ids = RETURN_I64S(bill_id),
            .user_ids = RETURN_I64S(user_id),
            .verdicts =
                records_words(call, scans, offsetof(struct return_scan, verdict), &verdict_set),
            .helds = RETURN_I64S(linked), .capacities = RETURN_I64S(capacity),
            .closeds = records_bools(call, scans, offsetof(struct return_scan, closed)),
            .figures = { figures, scans->count }, .scanneds = { scanned, scans->count }));
}

static void return_write_bags(
    struct call *call, struct db_pipeline *pipeline, const struct records *scans)
{
    if (scans->count)
        db_pipeline_add(call, pipeline,
            RETURN_STORE_ADD_BAGS(.ticket_ids = RETURN_I64S(ticket_id),
                .bag_ids = RETURN_I64S(parent_id), .bill_ids = RETURN_I64S(bill_id),
                .user_ids = RETURN_I64S(user_id), .child_counts = RETURN_I64S(bag_children),
                .weights_g = RETURN_I64S(bag_weight_kg)));
}

static const char *return_event(
    struct call *call, const char *qr, const char *bill, const struct returned_totals *totals)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "bag", qr);
    json_put_text(&json, "code", bill);
    return_put_bill(&json, "bill", totals);
    json_close(&json, '}');
    return json.text;
}

static void return_write_notes(
    struct call *call, struct db_pipeline *pipeline, const struct records *scans)
{
    struct audit_item *items = NEW_ARRAY(&call->arena, struct audit_item, scans->count);

    for (size_t i = 0; i < scans->count; i++) {
        const struct return_scan *scan = scans->items[i];

        items[i] = (struct audit_item){ scan->user_id, scan->ticket_id,
            return_event(call, scan->qr, scan->bill, &scan->before),
            return_event(call, scan->qr, scan->bill, &scan->after), scan->address,
            scan->request_id };
    }
    audit_note_many(call, pipeline, AUDIT_RETURN_ADD_BAG, items, scans->count);
}

static void return_write_totals(
    struct call *call, struct db_pipeline *pipeline, const struct return_judge *judge, size_t scans)
{
    struct counter_hours hours = counter_hours_new(call, scans);
    struct counter_change change = judged_bags_totals(&judge->bags);

    change.scans = (int64_t)scans;
    change.bills_done = return_judge_completed(judge);
    for (size_t i = 0; i < scans; i++)
        counter_hours_add_scan(&hours, NO_I64, false);
    counter_hours_add_completed(&hours, 0, change.bills_done);
    counter_write(call, pipeline, change, &hours);
}

/* What was judged now; and of that, what came back. */
static void return_select(
    struct return_scan *const *scans, size_t count, struct records *fresh, struct records *done)
{
    for (size_t i = 0; i < count; i++) {
        if (scans[i]->known || scans[i]->outcome != RETURN_JUDGED)
            continue;
        records_add(fresh, scans[i]);
        if (scans[i]->verdict == VERDICT_DONE)
            records_add(done, scans[i]);
    }
}

static bool return_write(struct call *call, const struct return_judge *judge,
    struct return_scan *const *scans, size_t count, enum db_bounds bounds)
{
    struct records fresh = records_new(call, count), done = records_new(call, count);
    struct db_pipeline pipeline = { 0 };

    return_select(scans, count, &fresh, &done);
    if (fresh.count) {
        return_write_tickets(call, &pipeline, judge);
        bag_store_write(call, &pipeline, &judge->bags);
        return_write_bills(call, &pipeline, judge);
        return_write_bags(call, &pipeline, &done);
        return_write_scans(call, &pipeline, &fresh);
        return_write_notes(call, &pipeline, &done);
        return_write_totals(call, &pipeline, judge, fresh.count);
    }
    return db_pipeline_run(call, &pipeline, bounds);
}

bool return_store_scans(struct call *call, struct return_scan *const *scans, size_t count)
{
    const bool within = db_is_in_transaction(call);
    struct return_judge judge = { 0 };

    if (!return_fetch(call, &judge, scans, count, within ? DB_WITHIN : DB_BEGINS))
        return db_pipeline_lost(call, within);
    return_judge_scans(&judge, scans, count);
    for (size_t i = 0; i < count; i++) /* what is answered outlives the batch */
        scans[i]->bill = arena_text(scans[i]->arena, scans[i]->bill);
    return return_write(call, &judge, scans, count, within ? DB_WITHIN : DB_COMMITS)
        || db_pipeline_lost(call, within);
}

/* The bags and bills of what is to go back, locked. */
static bool return_fetch_restored(
    struct call *call, struct return_judge *judge, const struct list *bags)
{
    const struct restored *restored = bags->items;
    const char **codes = NEW_ARRAY(&call->arena, const char *, bags->count + 1);
    int64_t *bills = NEW_ARRAY(&call->arena, int64_t, 2 * bags->count + 1);
    struct db_pipeline pipeline = { 0 };
    struct bag_store store = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < bags->count; i++) {
        bills[i] = restored[i].bill_id;
        if (restored[i].qr)
            codes[count++] = restored[i].qr;
    }
    bag_store_add_fetch(call, &pipeline, codes, count, &store);
    if (!db_pipeline_run(call, &pipeline, DB_WITHIN))
        return false;

    bag_store_read_rows(call, &store);
    judge->bags = store.bags;
    return return_fetch_bills(call, judge, bills, bags->count);
}

#define RESTORED_I64S(member) records_i64s(call, &back, offsetof(struct restored, member))

static void return_write_restored(struct call *call, struct db_pipeline *pipeline,
    const struct judged_ticket *ticket, const struct list *bags)
{
    const struct restored *restored = bags->items;
    struct records back = records_new(call, bags->count);

    for (size_t i = 0; i < bags->count; i++)
        if (!restored[i].stay)
            records_add(&back, &restored[i]);
    if (back.count)
        db_pipeline_add(call, pipeline,
            RETURN_STORE_LOG_RESTORED(.ids =
                                          records_uuids(call, &back, offsetof(struct restored, id)),
                .ticket_id = ticket->id, .parent_ids = RESTORED_I64S(bag_id),
                .bill_ids = RESTORED_I64S(bill_id), .user_id = call->person.id,
                .helds = RESTORED_I64S(linked), .capacities = RESTORED_I64S(capacity),
                .closeds = records_bools(call, &back, offsetof(struct restored, closed))));
}

/* Put all of them back where that can be, and write it. */
static bool return_restore(
    struct call *call, const struct ticket *ticket, struct list *bags, struct judged_ticket *judged)
{
    const struct judged_ticket_totals totals = { ticket->bags, ticket->children,
        ticket->weight_kg };
    struct restored *restored = (struct restored *)bags->items;
    struct return_judge judge = { .tickets = judged, .tickets_count = 1 };
    struct db_pipeline pipeline = { 0 };

    *judged = (struct judged_ticket){ ticket->id, ticket->code, ticket->status, totals, totals };
    if (!return_fetch_restored(call, &judge, bags))
        return false;
    for (size_t i = 0; i < bags->count; i++) {
        uuid7_create(restored[i].id);
        return_judge_restore(&judge, judged, &restored[i], call->person.id);
    }

    return_write_tickets(call, &pipeline, &judge);
    bag_store_write(call, &pipeline, &judge.bags);
    return_write_bills(call, &pipeline, &judge);
    return_write_restored(call, &pipeline, judged, bags);
    return_write_totals(call, &pipeline, &judge, 0);
    return db_pipeline_run(call, &pipeline, DB_WITHIN);
}

static bool return_find_bags(
    struct call *call, const struct ticket *ticket, const char *qr, struct list *bags)
{
    return db_rows(
        call, RETURN_STORE_OF_TICKET(.ticket_id = ticket->id, .code = qr), &restored_shape, bags);
}

static const char *return_json_of(struct call *call, const char *qr)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "bag", qr);
    json_close(&json, '}');
    return json.text;
}

bool return_undo(struct call *call, const char *code, const char *qr, struct ticket *ticket)
{
    struct judged_ticket judged;
    struct list bags;

    if (!ticket_lock_open(call, code, ticket) || !return_find_bags(call, ticket, qr, &bags))
        return false;
    if (!bags.count)
        return fail_because(call, BAG_NOT_ON_TICKET, .bag = qr, .ticket = code);
    if (!return_restore(call, ticket, &bags, &judged))
        return false;

    const struct restored *restored = bags.items;

    if (restored->stay)
        return fail_because(
            call, BAG_STAYS, .bag = qr, .why = word_set_word(&ticket_stay_set, restored->stay));
    return db_run(call,
               RETURN_STORE_REMOVE_BAG(.ticket_id = ticket->id, .bag_id = restored->bag_id), NULL)
        && ticket_find(call, code, ticket)
        && audit_note(
            call, AUDIT_RETURN_UNDO_BAG, ticket->id, return_json_of(call, qr), NULL, NULL);
}

static bool return_mark(struct call *call, const struct ticket *ticket, const struct list *bags)
{
    const struct restored *restored = bags->items;
    const char **stays = NEW_ARRAY(&call->arena, const char *, bags->count + 1);
    int64_t *ids = NEW_ARRAY(&call->arena, int64_t, bags->count + 1);
    size_t count = 0;

    for (size_t i = 0; i < bags->count; i++)
        if (restored[i].stay) {
            stays[count] = word_set_word(&ticket_stay_set, restored[i].stay);
            ids[count++] = restored[i].bag_id;
        }
    return !count
        || db_run(call,
            RETURN_STORE_MARK(.ticket_id = ticket->id, .bag_ids = { ids, count },
                .stays = { stays, count }),
            NULL);
}

bool return_cancel(struct call *call, const char *code, struct ticket *ticket, struct list *bags)
{
    struct judged_ticket judged;
    struct ticket old;

    return ticket_lock_open(call, code, &old) && return_find_bags(call, &old, NULL, bags)
        && return_restore(call, &old, bags, &judged) && return_mark(call, &old, bags)
        && db_run(call,
            TICKET_CLOSE(.id = old.id,
                .status = word_set_word(&ticket_status_set, TICKET_CANCELLED),
                .user_id = call->person.id),
            NULL)
        && ticket_find(call, code, ticket)
        && audit_note(call, AUDIT_RETURN_CANCEL, old.id, ticket_note(call, &old),
            ticket_note(call, ticket), NULL);
}

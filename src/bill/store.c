#include "bill/store.h"

#include <string.h>

#include "bill/store.sql.h"
#include "db/records.h"
#include "judge/bag_store.h"
#include "judge/sort.h"
#include "stats/counter_hours.h"

struct bill_store_row {
    int64_t id, capacity, linked, children, weight_g, expected_g;
    const char *code;
    enum bill_status status;
};

static const struct field bill_store_fields[] = {
    FIELD(struct bill_store_row, id),
    FIELD(struct bill_store_row, code),
    FIELD_OF(struct bill_store_row, status, bill_status_set),
    FIELD(struct bill_store_row, capacity),
    FIELD(struct bill_store_row, linked),
    FIELD(struct bill_store_row, children),
    FIELD(struct bill_store_row, weight_g),
    FIELD(struct bill_store_row, expected_g),
};

static const struct shape bill_store_shape = SHAPE(struct bill_store_row, bill_store_fields);

static const struct field other_bill_fields[] = {
    FIELD(struct other_bill, id),
    FIELD(struct other_bill, code),
};

static const struct shape other_bill_shape = SHAPE(struct other_bill, other_bill_fields);

static void bill_store_take(struct call *call, struct bill_judge *judge, const struct list *rows)
{
    const struct bill_store_row *row = rows->items;

    judge->bills_count = rows->count;
    judge->bills = NEW_ARRAY(&call->arena, struct judged_bill, rows->count);
    for (size_t i = 0; i < rows->count; i++, row++) {
        const struct bill_totals totals = { row->status, row->linked, row->children, row->weight_g,
            row->expected_g };

        judge->bills[i] = (struct judged_bill){ row->id, row->capacity, row->code, totals, totals };
    }
}

/* The bills of bags that are on one which no scan names; seldom any. */
static bool bill_store_fetch_others(struct call *call, struct bill_judge *judge)
{
    int64_t *ids = NEW_ARRAY(&call->arena, int64_t, judge->bags.count);
    size_t count = 0;

    for (size_t i = 0; i < judge->bags.count; i++) {
        const struct bag_state *was = &judge->bags.items[i].was;

        if (was->kind && was->bill_id != NO_I64)
            ids[count++] = was->bill_id;
    }
    count = sort_i64s(ids, count);
    return !count
        || db_rows(
            call, BILL_STORE_OTHERS(.ids = { ids, count }), &other_bill_shape, &judge->others);
}

static bool bill_store_fetch(struct call *call, struct bill_judge *judge,
    struct bill_scan *const *scans, size_t count, enum db_bounds bounds)
{
    const char **codes = NEW_ARRAY(&call->arena, const char *, count);
    const char **bills = NEW_ARRAY(&call->arena, const char *, count);
    struct db_pipeline pipeline = { 0 };
    struct bag_store store = { 0 };
    const struct records all = { (const void **)scans, count };
    struct list rows;

    for (size_t i = 0; i < count; i++) {
        codes[i] = scans[i]->qr;
        bills[i] = scans[i]->bill;
    }
    earlier_scans_add_fetch(call, &pipeline,
        records_uuids(call, &all, offsetof(struct bill_scan, id)), &judge->earlier);
    bag_store_add_fetch(call, &pipeline, codes, count, &store);
    db_pipeline_ask(call, &pipeline, BILL_STORE_LOCK(.codes = { bills, sort_texts(bills, count) }),
        &bill_store_shape, &rows);
    if (!db_pipeline_run(call, &pipeline, bounds))
        return false;

    bag_store_read_rows(call, &store);
    judge->bags = store.bags;
    bill_store_take(call, judge, &rows);
    return bill_store_fetch_others(call, judge);
}

#define BILL_I64S(member) records_i64s(call, &bills, offsetof(struct judged_bill, member))

static void bill_store_write_bills(
    struct call *call, struct db_pipeline *pipeline, const struct bill_judge *judge)
{
    struct records bills = records_new(call, judge->bills_count);

    for (size_t i = 0; i < judge->bills_count; i++)
        if (judged_bill_is_changed(&judge->bills[i]))
            records_add(&bills, &judge->bills[i]);
    if (bills.count)
        db_pipeline_add(call, pipeline,
            BILL_STORE_UPDATE(.ids = BILL_I64S(id),
                .statuses = records_words(
                    call, &bills, offsetof(struct judged_bill, is.status), &bill_status_set),
                .linkeds = BILL_I64S(is.linked), .children = BILL_I64S(is.children),
                .weights_g = BILL_I64S(is.weight_g), .expecteds_g = BILL_I64S(is.expected_g)));
}

static struct records bill_store_new_scans(
    struct call *call, struct bill_scan *const *scans, size_t count)
{
    struct records records = records_new(call, count);

    for (size_t i = 0; i < count; i++)
        if (!scans[i]->known && scans[i]->outcome == BILL_SCAN_JUDGED)
            records_add(&records, scans[i]);
    return records;
}

/* What was scanned, where it is no bag of ours. */
static struct db_texts bill_store_scanned(struct call *call, const struct records *scans)
{
    const char **column = NEW_ARRAY(&call->arena, const char *, scans->count);

    for (size_t i = 0; i < scans->count; i++) {
        const struct bill_scan *scan = scans->items[i];

        column[i] = scan->parent_id == NO_I64 && scan->child_id == NO_I64 ? scan->qr : NULL;
    }
    return (struct db_texts){ column, scans->count };
}

#define BILL_SCAN_I64S(member) records_i64s(call, scans, offsetof(struct bill_scan, member))

static void bill_store_write_scans(
    struct call *call, struct db_pipeline *pipeline, const struct records *scans)
{
    db_pipeline_add(call, pipeline,
        BILL_STORE_LOG(.ids = records_uuids(call, scans, offsetof(struct bill_scan, id)),
            .parent_ids = BILL_SCAN_I64S(parent_id), .child_ids = BILL_SCAN_I64S(child_id),
            .bill_ids = BILL_SCAN_I64S(bill_id), .other_ids = BILL_SCAN_I64S(other_id),
            .user_ids = BILL_SCAN_I64S(user_id),
            .verdicts =
                records_words(call, scans, offsetof(struct bill_scan, verdict), &verdict_set),
            .helds = BILL_SCAN_I64S(linked), .capacities = BILL_SCAN_I64S(capacity),
            .closeds = records_bools(call, scans, offsetof(struct bill_scan, closed)),
            .children = BILL_SCAN_I64S(children), .weights_g = BILL_SCAN_I64S(weight_kg),
            .expecteds_g = BILL_SCAN_I64S(expected_weight_kg),
            .bags_children = BILL_SCAN_I64S(bag_children),
            .bags_capacity = BILL_SCAN_I64S(bag_capacity),
            .bags_weight_g = BILL_SCAN_I64S(bag_weight_kg),
            .scanneds = bill_store_scanned(call, scans)));
}

/* The scan that brings a bill's last bag completes it. */
static void bill_store_announce(
    struct call *call, struct db_pipeline *pipeline, const struct records *fresh)
{
    struct records last = records_new(call, fresh->count), *scans = &last;

    for (size_t i = 0; i < fresh->count; i++) {
        const struct bill_scan *scan = fresh->items[i];

        if (scan->verdict == VERDICT_LINKED && scan->closed)
            records_add(scans, scan);
    }
    if (last.count)
        db_pipeline_add(call, pipeline,
            BILL_STORE_ANNOUNCE(.bill_ids = BILL_SCAN_I64S(bill_id),
                .user_ids = BILL_SCAN_I64S(user_id)));
}

static int64_t bill_store_count_completed(const struct bill_judge *judge)
{
    int64_t completed = 0;

    for (size_t i = 0; i < judge->bills_count; i++)
        completed += judge->bills[i].is.status == BILL_STATUS_COMPLETED
            && judge->bills[i].was.status != BILL_STATUS_COMPLETED;
    return completed;
}

static void bill_store_write_totals(struct call *call, struct db_pipeline *pipeline,
    const struct bill_judge *judge, const struct records *scans)
{
    struct counter_hours hours = counter_hours_new(call, scans->count);
    struct counter_change change = judged_bags_totals(&judge->bags);

    change.scans = (int64_t)scans->count;
    change.bills_done = bill_store_count_completed(judge);
    for (size_t i = 0; i < scans->count; i++)
        counter_hours_add_scan(&hours, NO_I64, false);
    counter_hours_add_completed(&hours, 0, change.bills_done);
    counter_write(call, pipeline, change, &hours);
}

static bool bill_store_write(struct call *call, const struct bill_judge *judge,
    struct bill_scan *const *scans, size_t count, enum db_bounds bounds)
{
    const struct records fresh = bill_store_new_scans(call, scans, count);
    struct db_pipeline pipeline = { 0 };

    if (fresh.count) {
        bag_store_write(call, &pipeline, &judge->bags);
        bill_store_write_bills(call, &pipeline, judge);
        bill_store_write_scans(call, &pipeline, &fresh);
        bill_store_announce(call, &pipeline, &fresh);
        bill_store_write_totals(call, &pipeline, judge, &fresh);
    }
    return db_pipeline_run(call, &pipeline, bounds);
}

/* What is answered outlives the batch. */
static void bill_store_keep_answers(struct bill_scan *const *scans, size_t count)
{
    for (size_t i = 0; i < count; i++)
        scans[i]->where = arena_text(scans[i]->arena, scans[i]->where);
}

bool bill_store_scans(struct call *call, struct bill_scan *const *scans, size_t count)
{
    const bool within = db_is_in_transaction(call);
    struct bill_judge judge = { 0 };

    if (!bill_store_fetch(call, &judge, scans, count, within ? DB_WITHIN : DB_BEGINS))
        return db_pipeline_lost(call, within);
    bill_judge_scans(&judge, scans, count);
    bill_store_keep_answers(scans, count);
    return bill_store_write(call, &judge, scans, count, within ? DB_WITHIN : DB_COMMITS)
        || db_pipeline_lost(call, within);
}

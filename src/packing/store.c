#include "packing/store.h"

#include <string.h>

#include "base/text.h"
#include "db/records.h"
#include "judge/bag_store.h"
#include "judge/sort.h"
#include "packing/store.sql.h"
#include "stats/counter_hours.h"

static const struct field packing_other_fields[] = {
    FIELD(struct packing_other, id),
    FIELD(struct packing_other, code),
    FIELD(struct packing_other, area_id),
};

static const struct shape packing_other_shape = SHAPE(struct packing_other, packing_other_fields);

static const struct field packing_bill_fields[] = {
    FIELD(struct packing_bill, id),
    FIELD(struct packing_bill, closed),
};

static const struct shape packing_bill_shape = SHAPE(struct packing_bill, packing_bill_fields);

/* The parents of children that have one which no scan names; seldom any. */
static struct db_i64s store_others(struct call *call, const struct judged_bags *bags)
{
    int64_t *others = NEW_ARRAY(&call->arena, int64_t, bags->count);
    size_t count = 0;

    for (size_t i = 0; i < bags->count; i++) {
        const int64_t id = bags->items[i].was.kind ? bags->items[i].was.parent_id : NO_I64;

        if (id != NO_I64 && !judged_bag_find_by_id(bags, id))
            others[count++] = id;
    }
    return (struct db_i64s){ others, sort_i64s(others, count) };
}

static struct db_i64s store_bills(struct call *call, const struct judged_bags *bags)
{
    int64_t *bills = NEW_ARRAY(&call->arena, int64_t, bags->count);
    size_t count = 0;

    for (size_t i = 0; i < bags->count; i++)
        if (bags->items[i].was.kind && bags->items[i].was.bill_id != NO_I64)
            bills[count++] = bags->items[i].was.bill_id;
    return (struct db_i64s){ bills, sort_i64s(bills, count) };
}

static bool store_fetch_rest(struct call *call, struct packing_judge *judge)
{
    const struct db_i64s others = store_others(call, &judge->bags);
    const struct db_i64s bills = store_bills(call, &judge->bags);
    struct db_pipeline pipeline = { 0 };

    if (others.count)
        db_pipeline_ask(
            call, &pipeline, PACKING_OTHERS(.ids = others), &packing_other_shape, &judge->others);
    if (bills.count)
        db_pipeline_ask(
            call, &pipeline, PACKING_BILLS(.ids = bills), &packing_bill_shape, &judge->bills);
    return !pipeline.count || db_pipeline_run(call, &pipeline, DB_WITHIN);
}

static bool store_fetch(struct call *call, struct packing_judge *judge,
    struct packing_scan *const *scans, size_t count, enum db_bounds bounds)
{
    const char **codes = NEW_ARRAY(&call->arena, const char *, 2 * count);
    struct db_pipeline pipeline = { 0 };
    struct bag_store store = { 0 };
    const struct records all = { (const void **)scans, count };

    for (size_t i = 0; i < count; i++) {
        codes[2 * i] = scans[i]->parent;
        codes[2 * i + 1] = scans[i]->child;
    }
    earlier_scans_add_fetch(call, &pipeline,
        records_uuids(call, &all, offsetof(struct packing_scan, id)), &judge->earlier);
    bag_store_add_fetch(call, &pipeline, codes, 2 * count, &store);
    if (!db_pipeline_run(call, &pipeline, bounds))
        return false;

    bag_store_read_rows(call, &store);
    judge->bags = store.bags;
    return store_fetch_rest(call, judge);
}

#define PACKED_BILL_I64S(member) records_i64s(call, &gaining, offsetof(struct packing_bill, member))

static void store_write_bills(
    struct call *call, struct db_pipeline *pipeline, const struct packing_judge *judge)
{
    const struct packing_bill *bills = judge->bills.items;
    struct records gaining = records_new(call, judge->bills.count);

    for (size_t i = 0; i < judge->bills.count; i++)
        if (bills[i].children)
            records_add(&gaining, &bills[i]);
    if (gaining.count)
        db_pipeline_add(call, pipeline,
            PACKING_COUNT_ON_BILLS(.ids = PACKED_BILL_I64S(id),
                .children = PACKED_BILL_I64S(children), .weights_g = PACKED_BILL_I64S(weight_g)));
}

static struct records store_new_scans(
    struct call *call, struct packing_scan *const *scans, size_t count)
{
    struct records records = records_new(call, count);

    for (size_t i = 0; i < count; i++)
        if (!scans[i]->known)
            records_add(&records, scans[i]);
    return records;
}

/* Both codes, of scans that name something which is no bag of ours. */
static struct db_texts store_scanned(struct call *call, const struct records *scans)
{
    const char **column = NEW_ARRAY(&call->arena, const char *, scans->count);

    for (size_t i = 0; i < scans->count; i++) {
        const struct packing_scan *scan = scans->items[i];

        if (scan->parent_id == NO_I64 || scan->child_id == NO_I64)
            column[i] = arena_format(&call->arena, "%s %s", scan->parent, scan->child);
    }
    return (struct db_texts){ column, scans->count };
}

#define SCAN_I64S(member) records_i64s(call, scans, offsetof(struct packing_scan, member))

static void store_write_scans(
    struct call *call, struct db_pipeline *pipeline, const struct records *scans)
{
    db_pipeline_add(call, pipeline,
        PACKING_LOG_LINKS(.ids = records_uuids(call, scans, offsetof(struct packing_scan, id)),
            .ats = SCAN_I64S(at_us), .parent_ids = SCAN_I64S(parent_id),
            .child_ids = SCAN_I64S(child_id), .other_ids = SCAN_I64S(other_id),
            .user_ids = SCAN_I64S(user_id),
            .verdicts =
                records_words(call, scans, offsetof(struct packing_scan, verdict), &verdict_set),
            .helds = SCAN_I64S(held), .capacities = SCAN_I64S(capacity),
            .closeds = records_bools(call, scans, offsetof(struct packing_scan, closed)),
            .scanneds = store_scanned(call, scans)));
}

static void store_write_totals(struct call *call, struct db_pipeline *pipeline,
    const struct packing_judge *judge, const struct records *scans)
{
    struct counter_hours hours = counter_hours_new(call, scans->count);
    struct counter_change change = judged_bags_totals(&judge->bags);

    change.scans = (int64_t)scans->count;
    for (size_t i = 0; i < scans->count; i++) {
        const struct packing_scan *scan = scans->items[i];

        counter_hours_add_scan(&hours, scan->at_us, scan->verdict == VERDICT_LINKED);
    }
    counter_hours_add_completed(&hours, change.completed, 0);
    counter_write(call, pipeline, change, &hours);
}

static bool store_write(struct call *call, const struct packing_judge *judge,
    struct packing_scan *const *scans, size_t count, enum db_bounds bounds)
{
    const struct records fresh = store_new_scans(call, scans, count);
    struct db_pipeline pipeline = { 0 };

    if (fresh.count) {
        bag_store_write(call, &pipeline, &judge->bags);
        store_write_bills(call, &pipeline, judge);
        store_write_scans(call, &pipeline, &fresh);
        store_write_totals(call, &pipeline, judge, &fresh);
    }
    return db_pipeline_run(call, &pipeline, bounds);
}

/* What is answered outlives the batch. */
static void store_keep_answers(struct packing_scan *const *scans, size_t count)
{
    for (size_t i = 0; i < count; i++)
        scans[i]->where = arena_text(scans[i]->arena, scans[i]->where);
}

bool packing_store_scans(struct call *call, struct packing_scan *const *scans, size_t count)
{
    const bool within = db_is_in_transaction(call);
    struct packing_judge judge = { 0 };

    if (!store_fetch(call, &judge, scans, count, within ? DB_WITHIN : DB_BEGINS))
        return db_pipeline_lost(call, within);
    packing_judge_scans(&judge, scans, count);
    store_keep_answers(scans, count);
    return store_write(call, &judge, scans, count, within ? DB_WITHIN : DB_COMMITS)
        || db_pipeline_lost(call, within);
}

#include "packing/store_write.h"

#include <string.h>

#include "packing/write.sql.h"
#include "stats/counter.h"
#include "stats/counter.sql.h"

/* Some of the bags, or of the scans, to be written column by column. */
struct store_rows {
    const void **items;
    size_t count;
};

static struct store_rows store_bags_that(struct call *call, const struct judge *judge,
    enum bag_kind kind, bool (*are)(const struct judge_bag *bag))
{
    struct store_rows rows = { NEW_ARRAY(&call->arena, const void *, judge->bags_count), 0 };

    for (size_t i = 0; i < judge->bags_count; i++)
        if (judge->bags[i].is.kind == kind && are(&judge->bags[i]))
            rows.items[rows.count++] = &judge->bags[i];
    return rows;
}

static struct store_rows store_new_scans(
    struct call *call, struct judge_scan *const *scans, size_t count)
{
    struct store_rows rows = { NEW_ARRAY(&call->arena, const void *, count), 0 };

    for (size_t i = 0; i < count; i++)
        if (!scans[i]->known)
            rows.items[rows.count++] = scans[i];
    return rows;
}

static struct db_i64s store_i64s(struct call *call, const struct store_rows *rows, size_t offset)
{
    int64_t *column = NEW_ARRAY(&call->arena, int64_t, rows->count);

    for (size_t i = 0; i < rows->count; i++)
        memcpy(&column[i], (const char *)rows->items[i] + offset, sizeof *column);
    return (struct db_i64s){ column, rows->count };
}

static struct db_texts store_texts(struct call *call, const struct store_rows *rows, size_t offset)
{
    const char **column = NEW_ARRAY(&call->arena, const char *, rows->count);

    for (size_t i = 0; i < rows->count; i++)
        memcpy(&column[i], (const char *)rows->items[i] + offset, sizeof *column);
    return (struct db_texts){ column, rows->count };
}

static struct db_texts store_words(
    struct call *call, const struct store_rows *rows, size_t offset, const struct word_set *set)
{
    const char **column = NEW_ARRAY(&call->arena, const char *, rows->count);

    for (size_t i = 0; i < rows->count; i++) {
        unsigned word;

        memcpy(&word, (const char *)rows->items[i] + offset, sizeof word);
        column[i] = set->words[word];
    }
    return (struct db_texts){ column, rows->count };
}

#define BAG_I64S(rows, member) store_i64s(call, rows, offsetof(struct judge_bag, member))
#define BAG_TEXTS(rows, member) store_texts(call, rows, offsetof(struct judge_bag, member))
#define BAG_STATUSES(rows)                                                                         \
    store_words(call, rows, offsetof(struct judge_bag, is.status), &bag_status_set)
#define SCAN_I64S(rows, member) store_i64s(call, rows, offsetof(struct judge_scan, member))

/* What parents on bills have gained. */
struct store_gains {
    int64_t *ids, *children, *weights_g;
    size_t count;
};

static struct store_gains store_bill_gains(struct call *call, const struct judge *judge)
{
    const struct judge_bill *bills = judge->bills.items;
    const size_t count = judge->bills.count;
    struct store_gains gains = { NEW_ARRAY(&call->arena, int64_t, count),
        NEW_ARRAY(&call->arena, int64_t, count), NEW_ARRAY(&call->arena, int64_t, count), 0 };

    for (size_t i = 0; i < count; i++) {
        const size_t n = gains.count;

        for (size_t j = 0; j < judge->bags_count; j++)
            if (judge->bags[j].bill_id == bills[i].id) {
                gains.children[n] += judge->bags[j].is.child_count - judge->bags[j].was.child_count;
                gains.weights_g[n] += judge->bags[j].is.weight_g - judge->bags[j].was.weight_g;
            }
        gains.ids[n] = bills[i].id;
        gains.count += gains.children[n] != 0 || gains.weights_g[n] != 0;
    }
    return gains;
}

/* All hours of all time zones begin with a quarter of an hour. */
#define QUARTER_US (INT64_C(900) * 1000000)

/* What is counted by the hour, for each quarter in which scans were made; NO_I64 is now. */
struct store_quarters {
    int64_t *ats, *scans, *linked, *parents, *nothing;
    size_t count;
};

static size_t store_quarter(struct store_quarters *quarters, int64_t at_us)
{
    const int64_t at = at_us == NO_I64 ? NO_I64 : at_us - at_us % QUARTER_US;
    size_t i = 0;

    while (i < quarters->count && quarters->ats[i] != at)
        i++;
    quarters->ats[i] = at;
    if (i == quarters->count)
        quarters->count++;
    return i;
}

/* A scan belongs to the hour in which it was made; a parent is completed now. */
static struct store_quarters store_count_hours(
    struct call *call, const struct store_rows *scans, int64_t completed)
{
    int64_t *room = NEW_ARRAY(&call->arena, int64_t, 5 * (scans->count + 1));
    const size_t most = scans->count + 1;
    struct store_quarters quarters = { room, room + most, room + 2 * most, room + 3 * most,
        room + 4 * most, 0 };

    for (size_t i = 0; i < scans->count; i++) {
        const struct judge_scan *scan = scans->items[i];
        const size_t n = store_quarter(&quarters, scan->at_us);

        quarters.scans[n]++;
        quarters.linked[n] += scan->verdict == VERDICT_LINKED;
    }
    if (completed)
        quarters.parents[store_quarter(&quarters, NO_I64)] += completed;
    return quarters;
}

/* Both codes, of scans that name something which is no bag of ours. */
static struct db_texts store_scanned(struct call *call, const struct store_rows *scans)
{
    const char **column = NEW_ARRAY(&call->arena, const char *, scans->count);

    for (size_t i = 0; i < scans->count; i++) {
        const struct judge_scan *scan = scans->items[i];

        if (scan->parent_id == NO_I64 || scan->child_id == NO_I64)
            column[i] = arena_format(&call->arena, "%s %s", scan->parent, scan->child);
    }
    return (struct db_texts){ column, scans->count };
}

static struct db_i64s store_closed(struct call *call, const struct store_rows *scans)
{
    int64_t *column = NEW_ARRAY(&call->arena, int64_t, scans->count);

    for (size_t i = 0; i < scans->count; i++)
        column[i] = ((const struct judge_scan *)scans->items[i])->closed;
    return (struct db_i64s){ column, scans->count };
}

static void store_write_new_bags(
    struct call *call, const struct judge *judge, struct db_pipeline *pipeline)
{
    const struct store_rows parents = store_bags_that(call, judge, BAG_KIND_PARENT, judge_is_new);
    const struct store_rows children = store_bags_that(call, judge, BAG_KIND_CHILD, judge_is_new);

    if (parents.count)
        db_pipeline_add(call, pipeline,
            PACKING_PUT_PARENTS(.ids = BAG_I64S(&parents, id), .codes = BAG_TEXTS(&parents, code),
                .family_ids = BAG_I64S(&parents, family_id),
                .capacities = BAG_I64S(&parents, capacity),
                .child_counts = BAG_I64S(&parents, is.child_count),
                .weights_g = BAG_I64S(&parents, is.weight_g),
                .child_weights_g = BAG_I64S(&parents, child_weight_g),
                .statuses = BAG_STATUSES(&parents), .area_ids = BAG_I64S(&parents, is.area_id),
                .created_bys = BAG_I64S(&parents, created_by),
                .changed_bys = BAG_I64S(&parents, changed_by)));
    if (children.count)
        db_pipeline_add(call, pipeline,
            PACKING_PUT_CHILDREN(.ids = BAG_I64S(&children, id),
                .codes = BAG_TEXTS(&children, code),
                .parent_ids = BAG_I64S(&children, is.parent_id),
                .weights_g = BAG_I64S(&children, is.weight_g),
                .area_ids = BAG_I64S(&children, is.area_id),
                .created_bys = BAG_I64S(&children, created_by),
                .orders = BAG_I64S(&children, order)));
}

static void store_write_old_bags(
    struct call *call, const struct judge *judge, struct db_pipeline *pipeline)
{
    const struct store_rows parents =
        store_bags_that(call, judge, BAG_KIND_PARENT, judge_is_changed);
    const struct store_rows children =
        store_bags_that(call, judge, BAG_KIND_CHILD, judge_is_changed);

    if (children.count)
        db_pipeline_add(call, pipeline,
            PACKING_MOVE_CHILDREN(.ids = BAG_I64S(&children, id),
                .codes = BAG_TEXTS(&children, code),
                .parent_ids = BAG_I64S(&children, is.parent_id),
                .weights_g = BAG_I64S(&children, is.weight_g),
                .area_ids = BAG_I64S(&children, is.area_id),
                .changed_bys = BAG_I64S(&children, changed_by),
                .orders = BAG_I64S(&children, order)));
    if (parents.count)
        db_pipeline_add(call, pipeline,
            PACKING_CHANGE_PARENTS(.ids = BAG_I64S(&parents, id),
                .codes = BAG_TEXTS(&parents, code), .family_ids = BAG_I64S(&parents, family_id),
                .capacities = BAG_I64S(&parents, capacity),
                .child_counts = BAG_I64S(&parents, is.child_count),
                .weights_g = BAG_I64S(&parents, is.weight_g), .statuses = BAG_STATUSES(&parents),
                .area_ids = BAG_I64S(&parents, is.area_id),
                .changed_bys = BAG_I64S(&parents, changed_by)));
}

static void store_write_bills(
    struct call *call, const struct judge *judge, struct db_pipeline *pipeline)
{
    const struct store_gains gains = store_bill_gains(call, judge);

    if (gains.count)
        db_pipeline_add(call, pipeline,
            PACKING_COUNT_ON_BILLS(.ids = { gains.ids, gains.count },
                .children = { gains.children, gains.count },
                .weights_g = { gains.weights_g, gains.count }));
}

static void store_write_scans(
    struct call *call, const struct store_rows *scans, struct db_pipeline *pipeline)
{
    if (scans->count)
        db_pipeline_add(call, pipeline,
            PACKING_LOG_LINKS(.ids = store_scan_ids(
                                  call, (struct judge_scan *const *)scans->items, scans->count),
                .ats = SCAN_I64S(scans, at_us), .parent_ids = SCAN_I64S(scans, parent_id),
                .child_ids = SCAN_I64S(scans, child_id), .other_ids = SCAN_I64S(scans, other_id),
                .user_ids = SCAN_I64S(scans, user_id),
                .verdicts =
                    store_words(call, scans, offsetof(struct judge_scan, verdict), &verdict_set),
                .helds = SCAN_I64S(scans, held), .capacities = SCAN_I64S(scans, capacity),
                .closeds = store_closed(call, scans), .scanneds = store_scanned(call, scans)));
}

static void store_write_totals(struct call *call, const struct judge *judge,
    const struct store_rows *scans, struct db_pipeline *pipeline)
{
    struct counter_change change = judge_totals(judge);
    const struct store_quarters quarters = store_count_hours(call, scans, change.completed);

    change.scans = (int64_t)scans->count;
    db_pipeline_add(call, pipeline, COUNTER_CHANGE(call, change));
    db_pipeline_add(call, pipeline,
        COUNTER_ADD_HOURS(.slot = counter_slot(call), .ats = { quarters.ats, quarters.count },
            .scans = { quarters.scans, quarters.count },
            .linked = { quarters.linked, quarters.count },
            .parents_completed = { quarters.parents, quarters.count },
            .bills_completed = { quarters.nothing, quarters.count }));
}

bool store_write(struct call *call, const struct judge *judge, struct judge_scan *const *scans,
    size_t count, enum db_bounds bounds)
{
    const struct store_rows fresh = store_new_scans(call, scans, count);
    struct db_pipeline pipeline = { 0 };

    if (fresh.count) {
        store_write_new_bags(call, judge, &pipeline);
        store_write_old_bags(call, judge, &pipeline);
        store_write_bills(call, judge, &pipeline);
        store_write_scans(call, &fresh, &pipeline);
        store_write_totals(call, judge, &fresh, &pipeline);
    }
    return db_pipeline_run(call, &pipeline, bounds);
}

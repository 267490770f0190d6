#include "packing/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "db/db_pipeline.h"
#include "family/family.h"
#include "packing/fetch.sql.h"
#include "packing/store_write.h"

struct store_bag_row {
    int64_t n; /* which code, from 1 */
    int64_t id;
    enum bag_kind kind;
    enum bag_status status;
    int64_t parent_id, area_id, bill_id, family_id, child_count, capacity, weight_g;
};

static const struct field store_bag_fields[] = {
    FIELD(struct store_bag_row, n),
    FIELD(struct store_bag_row, id),
    FIELD_OF(struct store_bag_row, kind, bag_kind_set),
    FIELD_OF(struct store_bag_row, status, bag_status_set),
    FIELD(struct store_bag_row, parent_id),
    FIELD(struct store_bag_row, area_id),
    FIELD(struct store_bag_row, bill_id),
    FIELD(struct store_bag_row, family_id),
    FIELD(struct store_bag_row, child_count),
    FIELD(struct store_bag_row, capacity),
    FIELD(struct store_bag_row, weight_g),
};

static const struct shape store_bag_shape = SHAPE(struct store_bag_row, store_bag_fields);

static const struct field store_earlier_fields[] = {
    FIELD(struct judge_earlier, n),
    FIELD_OF(struct judge_earlier, kind, scan_kind_set),
    FIELD_OF(struct judge_earlier, verdict, verdict_set),
    FIELD(struct judge_earlier, user_id),
    FIELD(struct judge_earlier, held),
    FIELD(struct judge_earlier, capacity),
    FIELD(struct judge_earlier, closed),
    FIELD(struct judge_earlier, scanned),
    FIELD(struct judge_earlier, parent_known),
    FIELD(struct judge_earlier, child_known),
    FIELD(struct judge_earlier, parent),
    FIELD(struct judge_earlier, child),
    FIELD(struct judge_earlier, other),
};

static const struct shape store_earlier_shape = SHAPE(struct judge_earlier, store_earlier_fields);

static const struct field store_other_fields[] = {
    FIELD(struct judge_other, id),
    FIELD(struct judge_other, code),
    FIELD(struct judge_other, area_id),
};

static const struct shape store_other_shape = SHAPE(struct judge_other, store_other_fields);

static const struct field store_bill_fields[] = {
    FIELD(struct judge_bill, id),
    FIELD(struct judge_bill, closed),
};

static const struct shape store_bill_shape = SHAPE(struct judge_bill, store_bill_fields);

struct store_id_row {
    int64_t id;
};

static const struct field store_id_fields[] = { FIELD(struct store_id_row, id) };
static const struct shape store_id_shape = SHAPE(struct store_id_row, store_id_fields);

/* Numbers, each once and in their order. */
struct store_set {
    int64_t *items;
    size_t count;
};

static int store_compare_codes(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static int store_compare_ids(const void *one, const void *other)
{
    const int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;

    return (a > b) - (a < b);
}

/* All codes that the scans name, each once, in the order of their bytes. */
static const char **store_codes(
    struct call *call, struct judge_scan *const *scans, size_t count, size_t *codes_count)
{
    const char **codes = NEW_ARRAY(&call->arena, const char *, 2 * count);
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        codes[2 * i] = scans[i]->parent;
        codes[2 * i + 1] = scans[i]->child;
    }
    qsort(codes, 2 * count, sizeof *codes, store_compare_codes);
    for (size_t i = 0; i < 2 * count; i++)
        if (kept == 0 || strcmp(codes[kept - 1], codes[i]) != 0)
            codes[kept++] = codes[i];

    *codes_count = kept;
    return codes;
}

static void store_take_bag(struct judge *judge, const struct store_bag_row *row)
{
    struct judge_bag *bag = &judge->bags[row->n - 1];
    const struct family *families = judge->families.items;

    bag->id = row->id;
    bag->family_id = row->family_id;
    bag->bill_id = row->bill_id;
    bag->capacity = row->capacity;
    bag->was = (struct judge_state){ .kind = row->kind,
        .status = row->status,
        .parent_id = row->parent_id,
        .area_id = row->area_id,
        .child_count = row->child_count,
        .weight_g = row->weight_g };
    bag->is = bag->was;
    for (size_t i = 0; i < judge->families.count; i++)
        if (families[i].id == row->family_id)
            bag->child_weight_g = families[i].child_weight_kg;
}

/* The codes, and what is known of those that are bags. */
static void store_take_bags(struct call *call, struct judge *judge, const char **codes,
    const struct list *rows, const struct list *ids)
{
    const struct store_id_row *fresh = ids->items;

    judge->bags = NEW_ARRAY(&call->arena, struct judge_bag, judge->bags_count);
    for (size_t i = 0; i < judge->bags_count; i++)
        judge->bags[i] =
            (struct judge_bag){ .code = codes[i], .id = fresh[i].id, .bill_id = NO_I64 };
    for (size_t i = 0; i < rows->count; i++)
        store_take_bag(judge, (const struct store_bag_row *)rows->items + i);
}

static struct store_set store_set_new(struct call *call, size_t most)
{
    return (struct store_set){ NEW_ARRAY(&call->arena, int64_t, most), 0 };
}

static void store_set_add(struct store_set *set, int64_t id)
{
    if (id != NO_I64)
        set->items[set->count++] = id;
}

static void store_set_sort(struct store_set *set)
{
    size_t kept = 0;

    qsort(set->items, set->count, sizeof *set->items, store_compare_ids);
    for (size_t i = 0; i < set->count; i++)
        if (kept == 0 || set->items[kept - 1] != set->items[i])
            set->items[kept++] = set->items[i];
    set->count = kept;
}

/* The parents of children that have one which no scan names; seldom any. */
static struct store_set store_others(struct call *call, const struct judge *judge)
{
    struct store_set named = store_set_new(call, judge->bags_count);
    struct store_set others = store_set_new(call, judge->bags_count);

    for (size_t i = 0; i < judge->bags_count; i++)
        store_set_add(&named, judge->bags[i].id);
    store_set_sort(&named);
    for (size_t i = 0; i < judge->bags_count; i++) {
        const int64_t id = judge->bags[i].was.kind ? judge->bags[i].was.parent_id : NO_I64;

        if (!bsearch(&id, named.items, named.count, sizeof id, store_compare_ids))
            store_set_add(&others, id);
    }
    store_set_sort(&others);
    return others;
}

static struct store_set store_bills(struct call *call, const struct judge *judge)
{
    struct store_set bills = store_set_new(call, judge->bags_count);

    for (size_t i = 0; i < judge->bags_count; i++)
        store_set_add(&bills, judge->bags[i].bill_id);
    store_set_sort(&bills);
    return bills;
}

static bool store_fetch_rest(struct call *call, struct judge *judge)
{
    const struct store_set others = store_others(call, judge), bills = store_bills(call, judge);
    struct db_pipeline pipeline = { 0 };

    if (others.count)
        db_pipeline_ask(call, &pipeline, PACKING_OTHERS(.ids = { others.items, others.count }),
            &store_other_shape, &judge->others);
    if (bills.count)
        db_pipeline_ask(call, &pipeline, PACKING_BILLS(.ids = { bills.items, bills.count }),
            &store_bill_shape, &judge->bills);
    return !pipeline.count || db_pipeline_run(call, &pipeline, DB_WITHIN);
}

struct db_uuids store_scan_ids(struct call *call, struct judge_scan *const *scans, size_t count)
{
    unsigned char(*ids)[16] = arena_alloc(&call->arena, count, 16);

    for (size_t i = 0; i < count; i++)
        memcpy(ids[i], scans[i]->id, 16);
    return (struct db_uuids){ (const unsigned char(*)[16])ids, count };
}

static bool store_fetch(struct call *call, struct judge *judge, struct judge_scan *const *scans,
    size_t count, enum db_bounds bounds)
{
    const char **codes = store_codes(call, scans, count, &judge->bags_count);
    const size_t most = judge->bags_count;
    struct db_pipeline pipeline = { 0 };
    struct list bags, ids;

    db_pipeline_ask(call, &pipeline, PACKING_EARLIER(.ids = store_scan_ids(call, scans, count)),
        &store_earlier_shape, &judge->earlier);
    db_pipeline_ask(
        call, &pipeline, PACKING_BAGS(.codes = { codes, most }), &store_bag_shape, &bags);
    db_pipeline_ask(call, &pipeline, PACKING_FAMILIES(), &family_shape, &judge->families);
    db_pipeline_ask(call, &pipeline, PACKING_IDS(.count = (int64_t)most), &store_id_shape, &ids);
    if (!db_pipeline_run(call, &pipeline, bounds))
        return false;

    store_take_bags(call, judge, codes, &bags, &ids);
    return store_fetch_rest(call, judge);
}

/* Somebody else has made the same bag, or stored the same scan: next time it is there to be found.
 */
static bool store_fail(struct call *call, bool within)
{
    if (!within)
        db_rollback(call);
    if (call->fault.code == FAULT_CONFLICT)
        call->fault.code = FAULT_AGAIN;
    return false;
}

bool store_scans(struct call *call, struct judge_scan *const *scans, size_t count)
{
    const bool within = db_is_in_transaction(call);
    struct judge judge = { 0 };

    if (!store_fetch(call, &judge, scans, count, within ? DB_WITHIN : DB_BEGINS))
        return store_fail(call, within);
    judge_scans(&judge, scans, count);
    return store_write(call, &judge, scans, count, within ? DB_WITHIN : DB_COMMITS)
        || store_fail(call, within);
}

#include "judge/bag_store.h"

#include "db/records.h"
#include "family/family.sql.h"
#include "judge/bag_store.sql.h"
#include "judge/sort.h"

struct bag_store_row {
    int64_t n; /* which code, from 1 */
    int64_t id;
    enum bag_kind kind;
    enum bag_status status;
    int64_t parent_id, area_id, bill_id, family_id, child_count, capacity, weight_g, expected_g;
};

static const struct field bag_store_fields[] = {
    FIELD(struct bag_store_row, n),
    FIELD(struct bag_store_row, id),
    FIELD_OF(struct bag_store_row, kind, bag_kind_set),
    FIELD_OF(struct bag_store_row, status, bag_status_set),
    FIELD(struct bag_store_row, parent_id),
    FIELD(struct bag_store_row, area_id),
    FIELD(struct bag_store_row, bill_id),
    FIELD(struct bag_store_row, family_id),
    FIELD(struct bag_store_row, child_count),
    FIELD(struct bag_store_row, capacity),
    FIELD(struct bag_store_row, weight_g),
    FIELD(struct bag_store_row, expected_g),
};

static const struct shape bag_store_shape = SHAPE(struct bag_store_row, bag_store_fields);

struct bag_store_id {
    int64_t id;
};

static const struct field bag_store_id_fields[] = { FIELD(struct bag_store_id, id) };
static const struct shape bag_store_id_shape = SHAPE(struct bag_store_id, bag_store_id_fields);

void bag_store_add_fetch(struct call *call, struct db_pipeline *pipeline, const char **codes,
    size_t count, struct bag_store *store)
{
    store->codes = codes;
    store->bags.count = sort_texts(codes, count);
    db_pipeline_ask(call, pipeline, BAG_STORE_LOCK(.codes = { codes, store->bags.count }),
        &bag_store_shape, &store->rows);
    db_pipeline_ask(call, pipeline, FAMILY_LIST(), &family_shape, &store->bags.families);
    db_pipeline_ask(call, pipeline, BAG_STORE_IDS(.count = (int64_t)store->bags.count),
        &bag_store_id_shape, &store->ids);
}

static int64_t bag_store_child_weight(const struct list *families, int64_t family_id)
{
    const struct family *each = families->items;

    for (size_t i = 0; i < families->count; i++)
        if (each[i].id == family_id)
            return each[i].child_weight_kg;
    return 0;
}

static void bag_store_take_row(struct bag_store *store, const struct bag_store_row *row)
{
    struct judged_bag *bag = &store->bags.items[row->n - 1];

    bag->id = row->id;
    bag->family_id = row->family_id;
    bag->capacity = row->capacity;
    bag->expected_g = row->expected_g;
    bag->child_weight_g = bag_store_child_weight(&store->bags.families, row->family_id);
    bag->was = (struct bag_state){ .kind = row->kind,
        .status = row->status,
        .parent_id = row->parent_id,
        .bill_id = row->bill_id,
        .area_id = row->area_id,
        .child_count = row->child_count,
        .weight_g = row->weight_g };
    bag->is = bag->was;
}

void bag_store_read_rows(struct call *call, struct bag_store *store)
{
    const struct bag_store_row *rows = store->rows.items;
    const struct bag_store_id *ids = store->ids.items;
    struct judged_bags *bags = &store->bags;

    bags->items = NEW_ARRAY(&call->arena, struct judged_bag, bags->count);
    for (size_t i = 0; i < bags->count; i++)
        bags->items[i] = (struct judged_bag){ .code = store->codes[i], .id = ids[i].id };
    for (size_t i = 0; i < store->rows.count; i++)
        bag_store_take_row(store, &rows[i]);
}

static struct records bag_store_select(struct call *call, const struct judged_bags *bags,
    enum bag_kind kind, bool (*are)(const struct judged_bag *bag))
{
    struct records records = records_new(call, bags->count);

    for (size_t i = 0; i < bags->count; i++)
        if (bags->items[i].is.kind == kind && are(&bags->items[i]))
            records_add(&records, &bags->items[i]);
    return records;
}

#define BAG_I64S(member) records_i64s(call, records, offsetof(struct judged_bag, member))
#define BAG_TEXTS(member) records_texts(call, records, offsetof(struct judged_bag, member))
#define BAG_STATUSES()                                                                             \
    records_words(call, records, offsetof(struct judged_bag, is.status), &bag_status_set)

static void bag_store_insert_parents(
    struct call *call, struct db_pipeline *pipeline, const struct records *records)
{
    if (records->count)
        db_pipeline_add(call, pipeline,
            BAG_STORE_INSERT_PARENTS(.ids = BAG_I64S(id), .codes = BAG_TEXTS(code),
                .family_ids = BAG_I64S(family_id), .capacities = BAG_I64S(capacity),
                .child_counts = BAG_I64S(is.child_count), .weights_g = BAG_I64S(is.weight_g),
                .expecteds_g = BAG_I64S(expected_g), .statuses = BAG_STATUSES(),
                .bill_ids = BAG_I64S(is.bill_id), .area_ids = BAG_I64S(is.area_id),
                .created_bys = BAG_I64S(created_by), .changed_bys = BAG_I64S(changed_by)));
}

static void bag_store_insert_children(
    struct call *call, struct db_pipeline *pipeline, const struct records *records)
{
    if (records->count)
        db_pipeline_add(call, pipeline,
            BAG_STORE_INSERT_CHILDREN(.ids = BAG_I64S(id), .codes = BAG_TEXTS(code),
                .parent_ids = BAG_I64S(is.parent_id), .weights_g = BAG_I64S(is.weight_g),
                .area_ids = BAG_I64S(is.area_id), .created_bys = BAG_I64S(created_by),
                .orders = BAG_I64S(order)));
}

static void bag_store_update_children(
    struct call *call, struct db_pipeline *pipeline, const struct records *records)
{
    if (records->count)
        db_pipeline_add(call, pipeline,
            BAG_STORE_UPDATE_CHILDREN(.ids = BAG_I64S(id), .codes = BAG_TEXTS(code),
                .parent_ids = BAG_I64S(is.parent_id), .weights_g = BAG_I64S(is.weight_g),
                .area_ids = BAG_I64S(is.area_id), .changed_bys = BAG_I64S(changed_by),
                .orders = BAG_I64S(order)));
}

static void bag_store_update_parents(
    struct call *call, struct db_pipeline *pipeline, const struct records *records)
{
    if (records->count)
        db_pipeline_add(call, pipeline,
            BAG_STORE_UPDATE_PARENTS(.ids = BAG_I64S(id), .codes = BAG_TEXTS(code),
                .family_ids = BAG_I64S(family_id), .capacities = BAG_I64S(capacity),
                .child_counts = BAG_I64S(is.child_count), .weights_g = BAG_I64S(is.weight_g),
                .statuses = BAG_STATUSES(), .bill_ids = BAG_I64S(is.bill_id),
                .area_ids = BAG_I64S(is.area_id), .changed_bys = BAG_I64S(changed_by)));
}

/* New parents first: children may be put into them. */
void bag_store_write(
    struct call *call, struct db_pipeline *pipeline, const struct judged_bags *bags)
{
    static const struct {
        enum bag_kind kind;
        bool (*are)(const struct judged_bag *bag);
        void (*write)(
            struct call *call, struct db_pipeline *pipeline, const struct records *records);
    } steps[] = {
        { BAG_KIND_PARENT, judged_bag_is_new, bag_store_insert_parents },
        { BAG_KIND_CHILD, judged_bag_is_new, bag_store_insert_children },
        { BAG_KIND_CHILD, judged_bag_is_changed, bag_store_update_children },
        { BAG_KIND_PARENT, judged_bag_is_changed, bag_store_update_parents },
    };

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const struct records records = bag_store_select(call, bags, steps[i].kind, steps[i].are);

        steps[i].write(call, pipeline, &records);
    }
}

#include "bag/bag_list.h"

#include <string.h>

#include "bag/bag_list.sql.h"
#include "bag/code.h"
#include "db/db.h"

static const struct field bag_list_fields[] = {
    LISTING_MARKS(struct bag_row),
    FIELD_HIDDEN(struct bag_row, us),
    FIELD_HIDDEN(struct bag_row, id),
    FIELD(struct bag_row, qr),
    FIELD_OF(struct bag_row, kind, bag_kind_set),
    FIELD(struct bag_row, family),
    FIELD_OF(struct bag_row, status, bag_status_set),
    FIELD(struct bag_row, area),
    FIELD(struct bag_row, child_count),
    FIELD(struct bag_row, capacity),
    FIELD_AS(struct bag_row, weight_kg, FIELD_KG),
    FIELD(struct bag_row, parent),
    FIELD(struct bag_row, bill),
    FIELD_AS(struct bag_row, created_at, FIELD_TIME),
    FIELD(struct bag_row, created_by),
};

static const struct shape bag_list_shape = SHAPE(struct bag_row, bag_list_fields);

struct bag_cell_facts {
    enum bag_kind kind;
    enum bag_status status;
    bool linked, billed;
};

static const struct bag_cell_facts bag_cell_facts[BAG_CELL_COUNT] = {
    [BAG_CELL_FREE_CHILD] = { BAG_KIND_CHILD, BAG_STATUS_NONE, false, false },
    [BAG_CELL_PACKED_CHILD] = { BAG_KIND_CHILD, BAG_STATUS_NONE, true, false },
    [BAG_CELL_PENDING] = { BAG_KIND_PARENT, BAG_STATUS_PENDING, false, false },
    [BAG_CELL_PENDING_BILLED] = { BAG_KIND_PARENT, BAG_STATUS_PENDING, false, true },
    [BAG_CELL_IN_PROGRESS] = { BAG_KIND_PARENT, BAG_STATUS_IN_PROGRESS, true, false },
    [BAG_CELL_IN_PROGRESS_BILLED] = { BAG_KIND_PARENT, BAG_STATUS_IN_PROGRESS, true, true },
    [BAG_CELL_COMPLETED] = { BAG_KIND_PARENT, BAG_STATUS_COMPLETED, true, false },
    [BAG_CELL_COMPLETED_BILLED] = { BAG_KIND_PARENT, BAG_STATUS_COMPLETED, true, true },
};

static bool bag_cell_is(const char *wanted, bool is)
{
    return !wanted || is == (strcmp(wanted, "true") == 0);
}

static bool bag_cell_fits(const struct bag_filter *filter, const struct bag_cell_facts *facts)
{
    const unsigned kind = word_set_find(&bag_kind_set, filter->kind);
    const unsigned status = word_set_find(&bag_status_set, filter->status);

    return (!kind || facts->kind == kind) && (!status || facts->status == status)
        && (!filter->family || facts->kind == BAG_KIND_PARENT)
        && bag_cell_is(filter->linked, facts->linked) && bag_cell_is(filter->billed, facts->billed);
}

/* Those that a filter lets through, and how many. */
static size_t bag_cells(const struct bag_filter *filter, int64_t cells[BAG_CELL_COUNT])
{
    size_t count = 0;

    for (int i = 0; i < BAG_CELL_COUNT; i++)
        if (bag_cell_fits(filter, &bag_cell_facts[i]))
            cells[count++] = i;
    return count;
}

/* The first text behind all that begin with `prefix`, in byte order. */
static const char *bag_list_prefix_end(struct call *call, const char *prefix)
{
    return prefix ? arena_format(&call->arena, "%s\xef\xbf\xbf", prefix) : NULL;
}

/* What the most telling of the filters has an index for; the others are looked at row by row. */
static const char *bag_list_path(
    const struct call *call, const struct bag_filter *filter, size_t cells_count)
{
    if (filter->q)
        return "code";
    if (!cells_count)
        return "cells";
    if (filter->user)
        return "user";
    if (filter->family)
        return "family";

    if (filter->status || filter->linked || filter->billed || filter->area || call->person.area_id
        || filter->since_us != NO_I64 || filter->until_us != NO_I64)
        return "cells";
    /* Nearly all are children. */
    return word_set_find(&bag_kind_set, filter->kind) == BAG_KIND_PARENT ? "parents" : "all";
}

static bool bag_list_find(struct call *call, const void *asked, struct list *rows)
{
    const struct bag_filter *filter = asked;
    int64_t cells[BAG_CELL_COUNT];
    const size_t count = bag_cells(filter, cells);

    return db_rows(call,
        BAG_LIST(.path = bag_list_path(call, filter, count), .before_us = filter->before_us,
            .before_id = filter->before_id, .before_code = filter->before_code,
            .limit = filter->span.count, .walk = filter->span.walk,
            .own_area = call->person.area_id, .cells = { cells, count }, .family = filter->family,
            .area = filter->area, .username = filter->user, .since_us = filter->since_us,
            .until_us = filter->until_us, .prefix = filter->q,
            .prefix_end = bag_list_prefix_end(call, filter->q)),
        &bag_list_shape, rows);
}

struct bag_counters {
    int64_t free, packed, pending, in_progress, completed;
};

static const struct field bag_counters_fields[] = {
    FIELD(struct bag_counters, free),
    FIELD(struct bag_counters, packed),
    FIELD(struct bag_counters, pending),
    FIELD(struct bag_counters, in_progress),
    FIELD(struct bag_counters, completed),
};

static const struct shape bag_counters_shape = SHAPE(struct bag_counters, bag_counters_fields);

/* Counters know no area, nobody and no day. */
static bool bag_list_is_counted(const struct call *call, const struct bag_filter *filter)
{
    return !filter->q && !filter->user && !filter->family && !filter->billed && !filter->area
        && !call->person.area_id && filter->since_us == NO_I64 && filter->until_us == NO_I64;
}

static bool bag_list_ask_counters(
    struct call *call, const int64_t *cells, size_t cells_count, struct listing_count *counted)
{
    struct bag_counters all;

    if (!db_one(call, BAG_COUNTERS(), &bag_counters_shape, &all))
        return false;

    /* Parents that are on a bill are counted with those that aren't. */
    const int64_t known[BAG_CELL_COUNT] = {
        [BAG_CELL_FREE_CHILD] = all.free,
        [BAG_CELL_PACKED_CHILD] = all.packed,
        [BAG_CELL_PENDING] = all.pending,
        [BAG_CELL_IN_PROGRESS] = all.in_progress,
        [BAG_CELL_COMPLETED] = all.completed,
    };

    for (size_t i = 0; i < cells_count; i++)
        counted->found += known[cells[i]];
    return true;
}

static bool bag_list_count(struct call *call, const void *asked, struct listing_count *counted)
{
    const struct bag_filter *filter = asked;
    int64_t cells[BAG_CELL_COUNT];
    const size_t count = bag_cells(filter, cells);

    if (bag_list_is_counted(call, filter))
        return bag_list_ask_counters(call, cells, count, counted);

    return db_one(call,
        BAG_COUNT(.path = bag_list_path(call, filter, count), .most = filter->span.count,
            .own_area = call->person.area_id, .cells = { cells, count }, .family = filter->family,
            .area = filter->area, .username = filter->user, .since_us = filter->since_us,
            .until_us = filter->until_us, .prefix = filter->q,
            .prefix_end = bag_list_prefix_end(call, filter->q)),
        &listing_count_shape, counted);
}

static const char *bag_list_code(struct call *call, const char *text)
{
    return bag_code_clean(&call->arena, text);
}

static const struct listing_filter bag_list_filters[] = {
    LISTING_WORDS(struct bag_filter, kind, "kind", bag_kind_set),
    LISTING_FILTER(struct bag_filter, family, "family", LISTING_NAME),
    LISTING_WORDS(struct bag_filter, status, "status", bag_status_set),
    LISTING_FILTER(struct bag_filter, area, "area", LISTING_NAME),
    LISTING_FILTER(struct bag_filter, linked, "linked", LISTING_TRUTH),
    LISTING_FILTER(struct bag_filter, billed, "billed", LISTING_TRUTH),
    LISTING_FILTER(struct bag_filter, user, "user", LISTING_NAME),
    LISTING_FILTER(struct bag_filter, since_us, "from", LISTING_FROM),
    LISTING_FILTER(struct bag_filter, until_us, "to", LISTING_TO),
    LISTING_CLEANED(struct bag_filter, q, "q", bag_list_code),
};

static const struct listing_key bag_list_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct bag_row, us, struct bag_filter, before_us),
    LISTING_KEY(LISTING_KEY_I64, struct bag_row, id, struct bag_filter, before_id),
    LISTING_KEY(LISTING_KEY_TEXT, struct bag_row, qr, struct bag_filter, before_code),
};

static const struct listing_column bag_list_columns[] = {
    { "qr", "Code", 20 },
    { "kind", "Kind", 10 },
    { "family", "Family", 14 },
    { "status", "State", 14 },
    { "area", "Area", 18 },
    { "child_count", "Children", 10 },
    { "capacity", "Capacity", 10 },
    { "weight_kg", "Weight in kg", 14 },
    { "parent", "In parent", 20 },
    { "bill", "On bill", 20 },
    { "created_at", "First scanned", 24 },
    { "created_by", "By", 20 },
};

const struct listing bag_listing = {
    .name = "bags",
    .title = "Bags",
    .row = &bag_list_shape,
    .filters = bag_list_filters,
    .filters_count = COUNT_OF(bag_list_filters),
    .keys = bag_list_keys,
    .keys_count = COUNT_OF(bag_list_keys),
    .columns = bag_list_columns,
    .columns_count = COUNT_OF(bag_list_columns),
    .filter_size = sizeof(struct bag_filter),
    .walks = true,
    .picks = true,
    .find = bag_list_find,
    .count = bag_list_count,
};

#include "bag/scan_list.h"

#include "bag/code.h"
#include "bag/scan_list.sql.h"
#include "db/db.h"

static const struct field scan_list_fields[] = {
    LISTING_MARKS(struct scan_row),
    FIELD_HIDDEN(struct scan_row, us),
    FIELD(struct scan_row, id),
    FIELD_AS(struct scan_row, at, FIELD_TIME),
    FIELD_AS(struct scan_row, recorded_at, FIELD_TIME),
    FIELD_OF(struct scan_row, kind, scan_kind_set),
    FIELD_OF(struct scan_row, verdict, verdict_set),
    FIELD(struct scan_row, user),
    FIELD(struct scan_row, parent),
    FIELD(struct scan_row, child),
    FIELD(struct scan_row, bill),
    FIELD(struct scan_row, ticket),
    FIELD(struct scan_row, scanned),
    FIELD(struct scan_row, reason),
};

static const struct shape scan_list_shape = SHAPE(struct scan_row, scan_list_fields);

struct scan_list_bag {
    int64_t id;
};

static const struct field scan_list_bag_fields[] = { FIELD(struct scan_list_bag, id) };
static const struct shape scan_list_bag_shape = SHAPE(struct scan_list_bag, scan_list_bag_fields);

static bool scan_list_find_bag(
    struct call *call, const struct scan_filter *filter, int64_t *id, bool *found)
{
    struct scan_list_bag bag = { .id = 0 };

    if (!db_one_or_none(call,
            SCAN_LIST_BAG_ID(.code = filter->bag, .own_area = call->person.area_id),
            &scan_list_bag_shape, &bag, found))
        return false;
    *id = bag.id;
    return true;
}

/* Of a bag that nobody knows, no rows. */
static bool scan_list_of_bag(struct call *call, const struct scan_filter *filter, struct list *rows)
{
    bool found;
    int64_t bag_id;

    return scan_list_find_bag(call, filter, &bag_id, &found)
        && db_rows(call,
            SCAN_LIST_BAG(.before_us = filter->before_us, .before_id = filter->before_id,
                .limit = filter->span.count, .walk = filter->span.walk, .kind = filter->kind,
                .username = filter->user, .bag_id = found ? bag_id : NO_I64,
                .since_us = filter->since_us, .until_us = filter->until_us),
            &scan_list_shape, rows);
}

static bool scan_list_of_kind(
    struct call *call, const struct scan_filter *filter, struct list *rows)
{
    return db_rows(call,
        SCAN_LIST_KIND(.before_us = filter->before_us, .before_id = filter->before_id,
            .limit = filter->span.count, .walk = filter->span.walk,
            .own_area = call->person.area_id, .kind = filter->kind, .username = filter->user,
            .since_us = filter->since_us, .until_us = filter->until_us),
        &scan_list_shape, rows);
}

static bool scan_list_of_user(
    struct call *call, const struct scan_filter *filter, struct list *rows)
{
    return db_rows(call,
        SCAN_LIST_USER(.before_us = filter->before_us, .before_id = filter->before_id,
            .limit = filter->span.count, .walk = filter->span.walk,
            .own_area = call->person.area_id, .kind = filter->kind, .username = filter->user,
            .since_us = filter->since_us, .until_us = filter->until_us),
        &scan_list_shape, rows);
}

static bool scan_list_of_time(
    struct call *call, const struct scan_filter *filter, struct list *rows)
{
    return db_rows(call,
        SCAN_LIST(.before_us = filter->before_us, .before_id = filter->before_id,
            .limit = filter->span.count, .walk = filter->span.walk,
            .own_area = call->person.area_id, .kind = filter->kind, .since_us = filter->since_us,
            .until_us = filter->until_us),
        &scan_list_shape, rows);
}

/* All kinds but links: of those alone there is an index by kind. */
static bool scan_list_is_rare(const struct scan_filter *filter)
{
    const unsigned kind = word_set_find(&scan_kind_set, filter->kind);

    return kind && kind != SCAN_KIND_LINK;
}

/* Along the index of the most telling filter; the others are looked at row by row. */
static bool scan_list_find(struct call *call, const void *asked, struct list *rows)
{
    const struct scan_filter *filter = asked;

    if (filter->bag)
        return scan_list_of_bag(call, filter, rows);
    if (scan_list_is_rare(filter))
        return scan_list_of_kind(call, filter, rows);
    if (filter->user)
        return scan_list_of_user(call, filter, rows);
    return scan_list_of_time(call, filter, rows);
}

static bool scan_list_count_of_bag(
    struct call *call, const struct scan_filter *filter, struct listing_count *counted)
{
    bool found;
    int64_t bag_id;

    return scan_list_find_bag(call, filter, &bag_id, &found)
        && db_one(call,
            SCAN_COUNT_BAG(.most = filter->span.count, .kind = filter->kind,
                .username = filter->user, .bag_id = found ? bag_id : NO_I64,
                .since_us = filter->since_us, .until_us = filter->until_us),
            &listing_count_shape, counted);
}

static bool scan_list_count(struct call *call, const void *asked, struct listing_count *counted)
{
    const struct scan_filter *filter = asked;
    const int64_t most = filter->span.count, own_area = call->person.area_id;

    if (filter->bag)
        return scan_list_count_of_bag(call, filter, counted);
    if (scan_list_is_rare(filter))
        return db_one(call,
            SCAN_COUNT_KIND(.most = most, .own_area = own_area, .kind = filter->kind,
                .username = filter->user, .since_us = filter->since_us,
                .until_us = filter->until_us),
            &listing_count_shape, counted);
    if (filter->user)
        return db_one(call,
            SCAN_COUNT_USER(.most = most, .own_area = own_area, .kind = filter->kind,
                .username = filter->user, .since_us = filter->since_us,
                .until_us = filter->until_us),
            &listing_count_shape, counted);
    return db_one(call,
        SCAN_COUNT(.most = most, .own_area = own_area, .kind = filter->kind,
            .since_us = filter->since_us, .until_us = filter->until_us),
        &listing_count_shape, counted);
}

/* The life of one bag, deleted or not; a code that no bag has had is not found. */
static bool history_find(struct call *call, const void *asked, struct list *rows)
{
    const struct scan_filter *filter = asked;
    bool found;
    int64_t bag_id;

    return scan_list_find_bag(call, filter, &bag_id, &found)
        && (found || fail(call, FAULT_NOT_FOUND, "no bag of this code"))
        && scan_list_of_bag(call, filter, rows);
}

static const char *scan_list_code(struct call *call, const char *text)
{
    return bag_code_clean(&call->arena, text);
}

static const struct listing_filter scan_list_filters[] = {
    LISTING_FILTER(struct scan_filter, user, "user", LISTING_NAME),
    LISTING_CLEANED(struct scan_filter, bag, "bag", scan_list_code),
    LISTING_WORDS(struct scan_filter, kind, "kind", scan_kind_set),
    LISTING_FILTER(struct scan_filter, since_us, "from", LISTING_FROM),
    LISTING_FILTER(struct scan_filter, until_us, "to", LISTING_TO),
};

static const struct listing_filter history_filters[] = {
    LISTING_OF_PATH(struct scan_filter, bag, "qr", scan_list_code),
    LISTING_FILTER(struct scan_filter, user, "user", LISTING_NAME),
    LISTING_WORDS(struct scan_filter, kind, "kind", scan_kind_set),
    LISTING_FILTER(struct scan_filter, since_us, "from", LISTING_FROM),
    LISTING_FILTER(struct scan_filter, until_us, "to", LISTING_TO),
};

static const struct listing_key scan_list_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct scan_row, us, struct scan_filter, before_us),
    LISTING_KEY(LISTING_KEY_UUID, struct scan_row, id, struct scan_filter, before_id),
};

static const struct listing_column scan_list_columns[] = {
    { "at", "When", 24 },
    { "recorded_at", "Recorded", 24 },
    { "kind", "What", 12 },
    { "verdict", "Result", 14 },
    { "user", "Who", 20 },
    { "parent", "Parent", 20 },
    { "child", "Child", 20 },
    { "bill", "Bill", 20 },
    { "ticket", "Return ticket", 20 },
    { "scanned", "Scanned", 30 },
    { "reason", "Reason", 40 },
    { "id", "Id", 38 },
};

const struct listing scan_listing = {
    .name = "scans",
    .title = "Scans",
    .row = &scan_list_shape,
    .filters = scan_list_filters,
    .filters_count = COUNT_OF(scan_list_filters),
    .keys = scan_list_keys,
    .keys_count = COUNT_OF(scan_list_keys),
    .columns = scan_list_columns,
    .columns_count = COUNT_OF(scan_list_columns),
    .filter_size = sizeof(struct scan_filter),
    .walks = true,
    .find = scan_list_find,
    .count = scan_list_count,
};

const struct listing history_listing = {
    .name = "history",
    .row = &scan_list_shape,
    .filters = history_filters,
    .filters_count = COUNT_OF(history_filters),
    .keys = scan_list_keys,
    .keys_count = COUNT_OF(scan_list_keys),
    .filter_size = sizeof(struct scan_filter),
    .walks = true,
    .find = history_find,
    .count = scan_list_count,
};

#include "stats/day_lists.h"

#include "db/db.h"
#include "stats/day_lists.sql.h"

struct day_totals {
    int64_t day_number; /* its place in the list: days since 1970-01-01 */
    const char *day;
    int64_t scans, linked, late, parents_completed, bills_completed;
};

static const struct field day_totals_fields[] = {
    FIELD_HIDDEN(struct day_totals, day_number),
    FIELD(struct day_totals, day),
    FIELD(struct day_totals, scans),
    FIELD(struct day_totals, linked),
    FIELD(struct day_totals, late),
    FIELD(struct day_totals, parents_completed),
    FIELD(struct day_totals, bills_completed),
};

static const struct shape day_totals_shape = SHAPE(struct day_totals, day_totals_fields);

struct day_person {
    int64_t day_number, user_id; /* its place in the list */
    const char *day, *user, *area;
    int64_t scans, linked, undone, billed, returned, refused;
};

static const struct field day_person_fields[] = {
    FIELD_HIDDEN(struct day_person, day_number),
    FIELD_HIDDEN(struct day_person, user_id),
    FIELD(struct day_person, day),
    FIELD(struct day_person, user),
    FIELD(struct day_person, area),
    FIELD(struct day_person, scans),
    FIELD(struct day_person, linked),
    FIELD(struct day_person, undone),
    FIELD(struct day_person, billed),
    FIELD(struct day_person, returned),
    FIELD(struct day_person, refused),
};

static const struct shape day_person_shape = SHAPE(struct day_person, day_person_fields);

struct day_filter {
    struct listing_span span;
    int64_t before_day, before_user;
    const char *user;
    int64_t since_us, until_us;
};

static bool day_totals_find(struct call *call, const void *asked, struct list *days)
{
    const struct day_filter *filter = asked;

    return db_rows(call,
        TOTALS_LIST(.since_us = filter->since_us, .until_us = filter->until_us,
            .before_day = filter->before_day, .count = filter->span.count),
        &day_totals_shape, days);
}

static bool day_activity_find(struct call *call, const void *asked, struct list *people)
{
    const struct day_filter *filter = asked;

    return db_rows(call,
        ACTIVITY_LIST(.user = filter->user, .since_us = filter->since_us,
            .until_us = filter->until_us, .before_day = filter->before_day,
            .before_user = filter->before_user, .count = filter->span.count),
        &day_person_shape, people);
}

static const struct listing_filter totals_filters[] = {
    LISTING_FILTER(struct day_filter, since_us, "from", LISTING_FROM),
    LISTING_FILTER(struct day_filter, until_us, "to", LISTING_TO),
};

static const struct listing_filter activity_filters[] = {
    LISTING_FILTER(struct day_filter, user, "user", LISTING_NAME),
    LISTING_FILTER(struct day_filter, since_us, "from", LISTING_FROM),
    LISTING_FILTER(struct day_filter, until_us, "to", LISTING_TO),
};

static const struct listing_key totals_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct day_totals, day_number, struct day_filter, before_day),
};

static const struct listing_key activity_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct day_person, day_number, struct day_filter, before_day),
    LISTING_KEY(LISTING_KEY_I64, struct day_person, user_id, struct day_filter, before_user),
};

static const struct listing_column totals_columns[] = {
    { "day", "Day", 12 },
    { "scans", "Scans", 10 },
    { "linked", "Children packed", 16 },
    { "late", "Scans that came late", 20 },
    { "parents_completed", "Parents completed", 18 },
    { "bills_completed", "Bills completed", 16 },
};

static const struct listing_column activity_columns[] = {
    { "day", "Day", 12 },
    { "user", "Who", 20 },
    { "area", "Area now", 20 },
    { "scans", "Scans", 10 },
    { "linked", "Children packed", 16 },
    { "undone", "Undone", 10 },
    { "billed", "Parents billed", 14 },
    { "returned", "Parents taken back", 18 },
    { "refused", "Refused", 10 },
};

const struct listing totals_listing = {
    .name = "totals",
    .title = "Totals",
    .row = &day_totals_shape,
    .filters = totals_filters,
    .filters_count = COUNT_OF(totals_filters),
    .keys = totals_keys,
    .keys_count = COUNT_OF(totals_keys),
    .columns = totals_columns,
    .columns_count = COUNT_OF(totals_columns),
    .filter_size = sizeof(struct day_filter),
    .find = day_totals_find,
};

const struct listing activity_listing = {
    .name = "activity",
    .title = "Activity",
    .row = &day_person_shape,
    .filters = activity_filters,
    .filters_count = COUNT_OF(activity_filters),
    .keys = activity_keys,
    .keys_count = COUNT_OF(activity_keys),
    .columns = activity_columns,
    .columns_count = COUNT_OF(activity_columns),
    .filter_size = sizeof(struct day_filter),
    .find = day_activity_find,
};

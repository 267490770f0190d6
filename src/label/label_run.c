/* What was printed: the list of the runs, and the code that comes next. */
#include "label/label.h"

#include <string.h>

#include "base/text.h"
#include "db/db.h"
#include "family/family_match.h"
#include "label/code_number.h"
#include "label/label.sql.h"

struct label_code_row {
    const char *code;
};

static const struct field label_code_row_fields[] = { FIELD(struct label_code_row, code) };
static const struct shape label_code_row_shape =
    SHAPE(struct label_code_row, label_code_row_fields);

/* The greater of two numbers of the same family; either may be missing. */
static const char *label_behind(struct call *call, const struct family *family,
    const struct label_code_row *printed, const struct label_code_row *greatest)
{
    const bool count_at_end = family->capacity == NO_I64;
    struct code_number one = { .number = -1 }, other = { .number = -1 };

    if (printed)
        (void)code_number_read(&call->arena, printed->code, count_at_end, &one);
    if (greatest)
        (void)code_number_read(&call->arena, greatest->code, count_at_end, &other);

    const struct code_number *last = one.number >= other.number ? &one : &other;

    return last->number < 0 ? NULL : code_number_text(&call->arena, last, 1);
}

static const struct family *label_family_named(
    struct call *call, const struct list *families, const char *name)
{
    const struct family *each = families->items;
    const char *key = text_key(&call->arena, name);

    for (size_t i = 0; i < families->count; i++)
        if (strcmp(text_key(&call->arena, each[i].name), key) == 0)
            return &each[i];
    return NULL;
}

bool label_next(struct call *call, const char *family_name, const char **code)
{
    struct label_code_row printed, greatest;
    bool was_printed, is_bag;
    struct list families;

    if (!family_list(call, &families))
        return false;

    const struct family *family = label_family_named(call, &families, family_name);

    if (!family)
        return fail_field(call, "family", NOT_OURS);
    if (!db_one_or_none(call, LABEL_LAST(.family_id = family->id), &label_code_row_shape, &printed,
            &was_printed)
        || !db_one_or_none(call, LABEL_GREATEST(.family_id = family->id, .prefix = family->prefix),
            &label_code_row_shape, &greatest, &is_bag))
        return false;

    *code = label_behind(call, family, was_printed ? &printed : NULL, is_bag ? &greatest : NULL);
    return true;
}

struct label_run {
    int64_t us, id; /* its place in the list */
    const char *at, *user, *family, *first, *last;
    int64_t labels;
    const char *paper, *format;
};

static const struct field label_run_fields[] = {
    FIELD_HIDDEN(struct label_run, us),
    FIELD(struct label_run, id),
    FIELD_AS(struct label_run, at, FIELD_TIME),
    FIELD(struct label_run, user),
    FIELD(struct label_run, family),
    FIELD(struct label_run, first),
    FIELD(struct label_run, last),
    FIELD(struct label_run, labels),
    FIELD(struct label_run, paper),
    FIELD(struct label_run, format),
};

static const struct shape label_run_shape = SHAPE(struct label_run, label_run_fields);

struct label_run_filter {
    struct listing_span span;
    int64_t before_us, before_id;
};

static bool label_run_find(struct call *call, const void *asked, struct list *runs)
{
    const struct label_run_filter *filter = asked;

    return db_rows(call,
        LABEL_RUNS(.before_us = filter->before_us, .before_id = filter->before_id,
            .count = filter->span.count),
        &label_run_shape, runs);
}

static const struct listing_key label_run_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct label_run, us, struct label_run_filter, before_us),
    LISTING_KEY(LISTING_KEY_I64, struct label_run, id, struct label_run_filter, before_id),
};

const struct listing label_run_listing = {
    .name = "labels",
    .row = &label_run_shape,
    .keys = label_run_keys,
    .keys_count = COUNT_OF(label_run_keys),
    .filter_size = sizeof(struct label_run_filter),
    .find = label_run_find,
};

#include "import/import.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "area/area.h"
#include "audit/audit.h"
#include "base/text.h"
#include "db/db.h"
#include "db/db_copy.h"
#include "import/import.sql.h"
#include "jobs/job.h"

/* Bytes of a file in one row of import_piece: what a COPY takes at once, with room for the rest. */
#define IMPORT_PIECE_BYTES 60000

/* How long the outcomes of an import's rows are kept after its end. */
#define IMPORT_DAYS 90

static const char *const import_kind_words[] = {
    NULL,
#define WORD(name, word) word,
#include "import/import_kind.def"
#undef WORD
};

static const char *const import_status_words[] = {
    NULL,
#define WORD(name, word) word,
#include "import/import_status.def"
#undef WORD
};

static const char *const import_outcome_words[] = {
    NULL,
#define WORD(name, word) word,
#include "import/import_outcome.def"
#undef WORD
};

const struct word_set import_kind_set = WORD_SET(import_kind, import_kind_words);
const struct word_set import_status_set = WORD_SET(import_status, import_status_words);
const struct word_set import_outcome_set = WORD_SET(import_outcome, import_outcome_words);

static const struct field import_fields[] = {
    FIELD_HIDDEN(struct import, us),
    FIELD(struct import, id),
    FIELD_OF(struct import, kind, import_kind_set),
    FIELD_OF(struct import, status, import_status_set),
    FIELD(struct import, dry_run),
    FIELD(struct import, area),
    FIELD(struct import, files),
    FIELD(struct import, user),
    FIELD_AS(struct import, created_at, FIELD_TIME),
    FIELD_AS(struct import, started_at, FIELD_TIME),
    FIELD_AS(struct import, ended_at, FIELD_TIME),
    FIELD(struct import, rows),
    FIELD(struct import, done),
    FIELD(struct import, created),
    FIELD(struct import, linked),
    FIELD(struct import, skipped),
    FIELD(struct import, errors),
    FIELD(struct import, seconds),
    FIELD(struct import, reason),
    FIELD_AS(struct import, params, FIELD_RAW),
    FIELD(struct import, detail),
};

const struct shape import_shape = SHAPE(struct import, import_fields);

static const struct field import_row_fields[] = {
    FIELD(struct import_row, n),
    FIELD(struct import_row, file),
    FIELD(struct import_row, sheet),
    FIELD(struct import_row, row),
    FIELD(struct import_row, code),
    FIELD(struct import_row, target),
    FIELD_OF(struct import_row, outcome, import_outcome_set),
    FIELD(struct import_row, reason),
    FIELD_AS(struct import_row, params, FIELD_RAW),
    FIELD(struct import_row, detail),
};

static const struct shape import_row_shape = SHAPE(struct import_row, import_row_fields);

/* What stands in the database are keys; the words are made when they are read. */
static const char *import_say(struct call *call, const char *key, const char *params)
{
    const struct words_row *row = key ? words_find(key) : NULL;

    return row ? words_english(&call->arena, row, row->english, params) : NULL;
}

static bool import_check_files(struct call *call, const struct import_order *order)
{
    if (!order->files_count)
        return fail_field(call, "file", MISSING);
    if (order->files_count > IMPORT_FILES_MAX)
        return fail_field(call, "file", TOO_MANY, .most = IMPORT_FILES_MAX);
    for (size_t i = 0; i < order->files_count; i++)
        if (!order->files[i].length)
            return fail_field(call, "file", EMPTY_FILE, .name = order->files[i].name);
    return true;
}

static bool import_copy_file(
    struct call *call, struct db_copy *copy, const struct import_file *file, int64_t id, int n)
{
    char bytes[IMPORT_PIECE_BYTES];
    int piece = 0;

    for (int64_t at = 0; at < file->length; piece++) {
        const int64_t left = file->length - at;
        const size_t wanted = left < IMPORT_PIECE_BYTES ? (size_t)left : IMPORT_PIECE_BYTES;
        const ssize_t count = pread(file->file, bytes, wanted, (off_t)(file->start + at));

        if (count <= 0)
            return fail(call, FAULT_INTERNAL, "an upload: %s", strerror(errno));
        at += count;
        db_copy_row(copy);
        db_copy_i64(copy, call->org_id);
        db_copy_i64(copy, id);
        db_copy_i16(copy, n);
        db_copy_i32(copy, piece);
        db_copy_bytes(copy, bytes, (size_t)count);
    }
    return true;
}

static bool import_store_files(struct call *call, const struct import_order *order, int64_t id)
{
    struct db_copy *copy;

    for (size_t i = 0; i < order->files_count; i++)
        if (!db_run(call,
                IMPORT_ADD_FILE(.import_id = id, .n = (int)i, .name = order->files[i].name,
                    .length = order->files[i].length),
                NULL))
            return false;

    if (!db_copy_begin(call, "import_piece (org_id, import_id, file, n, bytes)", 5, &copy))
        return false;

    bool done = true;

    for (size_t i = 0; done && i < order->files_count; i++)
        done = import_copy_file(call, copy, &order->files[i], id, (int)i);
    return db_copy_end(copy) && done;
}

static const char *import_note_of(struct call *call, const struct import_order *order)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "kind", word_set_word(&import_kind_set, order->kind));
    json_put_bool(&json, "dry_run", order->dry_run);
    json_key(&json, "files");
    json_open(&json, '[');
    for (size_t i = 0; i < order->files_count; i++)
        json_text(&json, order->files[i].name);
    json_close(&json, ']');
    json_close(&json, '}');
    return json.text;
}

bool import_start(struct call *call, const struct import_order *order, int64_t *id)
{
    int64_t area_id;

    if (!import_check_files(call, order)
        || !area_for_new_user(call, ROLE_DISPATCHER, order->area, &area_id)
        || !db_value_i64(call,
            IMPORT_CREATE(.kind = word_set_word(&import_kind_set, order->kind),
                .dry_run = order->dry_run, .area_id = area_id, .user_id = call->person.id),
            id)
        || !import_store_files(call, order, *id))
        return false;

    const char *key = arena_format(&call->arena, "%" PRId64, *id);

    return job_queue(call, JOB_IMPORT, key)
        && audit_note(call, AUDIT_IMPORT_START, *id, NULL, import_note_of(call, order), NULL);
}

bool import_find(struct call *call, int64_t id, struct import *import)
{
    if (!db_one(call, IMPORT_FIND(.id = id), &import_shape, import))
        return false;
    import->detail = import_say(call, import->reason, import->params);
    return true;
}

bool import_cancel(struct call *call, int64_t id)
{
    struct import import;
    int64_t changed;

    if (!import_find(call, id, &import) || !db_run(call, IMPORT_CANCEL(.id = id), &changed))
        return false;
    if (!changed)
        return fail_because(call, IMPORT_HAS_ENDED);
    return audit_note(call, AUDIT_IMPORT_CANCEL, id, NULL, NULL, NULL);
}

bool import_rows(struct call *call, int64_t id, enum import_outcome outcome, int64_t after,
    int64_t count, struct list *rows)
{
    if (!db_rows(call,
            IMPORT_ROWS(.id = id, .outcome = word_set_word(&import_outcome_set, outcome),
                .after = after, .count = count),
            &import_row_shape, rows))
        return false;

    struct import_row *items = rows->items;

    for (size_t i = 0; i < rows->count; i++)
        items[i].detail = import_say(call, items[i].reason, items[i].params);
    return true;
}

static const struct field import_failed_row_fields[] = {
    FIELD(struct import_failed_row, n),
    FIELD(struct import_failed_row, target),
    FIELD(struct import_failed_row, first),
    FIELD(struct import_failed_row, second),
    FIELD(struct import_failed_row, third),
};

static const struct shape import_failed_row_shape =
    SHAPE(struct import_failed_row, import_failed_row_fields);

bool import_failed_rows(
    struct call *call, int64_t id, int64_t after, int64_t count, struct list *rows)
{
    return db_rows(call, IMPORT_FAILED_ROWS(.id = id, .after = after, .count = count),
        &import_failed_row_shape, rows);
}

bool import_apply_retention(struct call *call)
{
    return db_run(call, IMPORT_EXPIRE(.days = IMPORT_DAYS), NULL);
}

struct import_filter {
    struct listing_span span;
    int64_t before_us, before_id;
};

static bool import_list(struct call *call, const void *asked, struct list *rows)
{
    const struct import_filter *filter = asked;

    if (!db_rows(call,
            IMPORT_LIST(.before_us = filter->before_us, .before_id = filter->before_id,
                .count = filter->span.count),
            &import_shape, rows))
        return false;

    struct import *items = rows->items;

    for (size_t i = 0; i < rows->count; i++)
        items[i].detail = import_say(call, items[i].reason, items[i].params);
    return true;
}

static const struct listing_key import_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct import, us, struct import_filter, before_us),
    LISTING_KEY(LISTING_KEY_I64, struct import, id, struct import_filter, before_id),
};

const struct listing import_listing = {
    .name = "imports",
    .row = &import_shape,
    .keys = import_keys,
    .keys_count = COUNT_OF(import_keys),
    .filter_size = sizeof(struct import_filter),
    .find = import_list,
};

struct import_row_filter {
    struct listing_span span;
    const char *id; /* of the import, from the path */
    const char *outcome;
    int64_t after;
};

static bool import_row_find(struct call *call, const void *asked, struct list *rows)
{
    const struct import_row_filter *filter = asked;
    struct import import;
    int64_t id;

    if (!text_to_i64(filter->id, 1, INT64_MAX, &id))
        return fail(call, FAULT_NOT_FOUND, "no such import");
    return import_find(call, id, &import)
        && import_rows(call, id, word_set_find(&import_outcome_set, filter->outcome),
            filter->after == NO_I64 ? 0 : filter->after, filter->span.count, rows);
}

static const struct listing_filter import_row_filters[] = {
    LISTING_OF_PATH(struct import_row_filter, id, "id", NULL),
    LISTING_WORDS(struct import_row_filter, outcome, "outcome", import_outcome_set),
};

static const struct listing_key import_row_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct import_row, n, struct import_row_filter, after),
};

const struct listing import_row_listing = {
    .name = "import-rows",
    .row = &import_row_shape,
    .filters = import_row_filters,
    .filters_count = COUNT_OF(import_row_filters),
    .keys = import_row_keys,
    .keys_count = COUNT_OF(import_row_keys),
    .filter_size = sizeof(struct import_row_filter),
    .find = import_row_find,
};

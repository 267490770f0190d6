#include "export/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/audit.h"
#include "base/json.h"
#include "base/scratch.h"
#include "db/db.h"
#include "export/export.sql.h"
#include "export/export_slots.h"
#include "http/route.h"
#include "list/listing_page.h"

struct moment {
    const char *zone, *patience, *day;
};

static const struct field moment_fields[] = {
    FIELD(struct moment, zone),
    FIELD(struct moment, patience),
    FIELD(struct moment, day),
};

static const struct shape moment_shape = SHAPE(struct moment, moment_fields);

const struct sheet_format *const export_formats[] = { &sheet_csv, &sheet_xlsx };
const size_t export_formats_count = COUNT_OF(export_formats);

/* Rows in memory at once, and rows looked at for them where no index tells which of them fit. */
#define EXPORT_PAGE 1000
#define EXPORT_WALK 20000
#define EXPORT_CURSOR_MAX 256

/* One export on its way. */
struct export_job {
    const struct export_order *order;
    struct sheet sheet;
    void *filter;
    char cursor[EXPORT_CURSOR_MAX]; /* of the page before; "" before the first one */
    bool more;
    int64_t rows;
};

const struct listing *export_find(const char *name)
{
    for (int i = 0; i < routes_count; i++)
        if (routes[i].list && routes[i].list->title && strcmp(routes[i].list->name, name) == 0)
            return routes[i].list;
    return NULL;
}

static bool export_put_page(struct call *call, struct export_job *job)
{
    const struct listing *listing = job->order->listing;
    struct listing_page page;

    if ((*job->cursor && !listing_continue(call, listing, job->cursor, job->filter))
        || !listing_find(call, listing, job->filter, EXPORT_PAGE, EXPORT_WALK, &page))
        return false;

    for (size_t i = 0; i < page.rows.count; i++)
        if (!sheet_write_row(call, &job->sheet, (char *)page.rows.items + i * listing->row->size))
            return false;

    job->rows += (int64_t)page.rows.count;
    job->more = page.next;
    if (page.next)
        snprintf(job->cursor, sizeof job->cursor, "%s", page.next);
    return true;
}

/* A page ends with its memory, except one that fails: the words of its fault are there. */
static bool export_put_pages(struct call *call, struct export_job *job)
{
    struct arena kept = call->arena;
    bool fine = true;

    call->arena = (struct arena){ 0 };
    for (job->more = true; fine && job->more;) {
        fine = export_put_page(call, job);
        if (fine)
            arena_end(&call->arena);
    }
    arena_take(&kept, &call->arena);
    call->arena = kept;
    return fine;
}

/* What was asked for, and how much it was. */
static bool export_note(struct call *call, const struct export_job *job)
{
    const struct listing *listing = job->order->listing;
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "form", job->sheet.format->extension);
    json_put_i64(&json, "rows", job->rows);
    for (size_t i = 0; i < listing->filters_count; i++) {
        const struct listing_source *source = &job->order->source;
        const char *value = source->value(source->from, &listing->filters[i]);

        if (value && *value)
            json_put_text(&json, listing->filters[i].name, value);
    }
    json_close(&json, '}');

    const char *word = arena_format(&call->arena, "%s.export", listing->name);
    const enum audit_action action = word_set_find(&audit_action_set, word);

    return audit_note(call, action, 0, NULL, json.text, NULL);
}

static bool measure(struct call *call, int file, int64_t *length)
{
    *length = lseek(file, 0, SEEK_END);
    return *length >= 0 || sheet_fail(call, "no length");
}

static bool export_run(struct call *call, struct export_job *job, struct export_file *written)
{
    struct moment now;

    if (!db_use_snapshot(call) || !db_one(call, EXPORT_BEGIN(), &moment_shape, &now)
        || !listing_read_filter(call, job->order->listing, &job->order->source, &job->filter))
        return false;

    job->sheet.zone = now.zone;
    written->day = now.day;
    if (!scratch_open(call, &job->sheet.file) || !sheet_begin(call, &job->sheet)
        || !export_put_pages(call, job) || !export_note(call, job) || !sheet_end(call, &job->sheet))
        return false;

    written->file = job->sheet.file;
    written->rows = job->rows;
    return measure(call, job->sheet.file, &written->length);
}

static struct field export_field(const struct listing *listing, const char *name)
{
    for (size_t i = 0; i < listing->row->count; i++)
        if (strcmp(listing->row->fields[i].name, name) == 0)
            return listing->row->fields[i];
    abort(); /* listing_check() has looked */
}

static const struct column *export_columns(struct call *call, const struct listing *listing)
{
    struct column *columns = NEW_ARRAY(&call->arena, struct column, listing->columns_count);

    for (size_t i = 0; i < listing->columns_count; i++)
        columns[i] = (struct column){ listing->columns[i].title, listing->columns[i].width,
            export_field(listing, listing->columns[i].field) };
    return columns;
}

bool export_write(struct call *call, const struct export_order *order, struct export_file *written)
{
    struct export_job job = {
        .order = order,
        .sheet = {
            .format = order->format,
            .title = order->listing->title,
            .columns = export_columns(call, order->listing),
            .count = order->listing->columns_count,
            .rows_max = SHEET_ROWS_MAX,
        },
    };

    if (!export_slot_take(call))
        return false;

    const bool done = export_run(call, &job, written);

    export_slot_release(call);
    return done;
}

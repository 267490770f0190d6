#include "export/export.h"

#include <assert.h>
#include <unistd.h>

#include "audit/audit.h"
#include "base/json.h"
#include "base/scratch.h"
#include "db/db.h"
#include "export/export.sql.h"
#include "export/export_slots.h"

struct moment {
    const char *zone, *patience, *day;
};

static const struct field moment_fields[] = {
    FIELD(struct moment, zone),
    FIELD(struct moment, patience),
    FIELD(struct moment, day),
};

static const struct shape moment_shape = SHAPE(struct moment, moment_fields);

/* One export on its way. */
struct job {
    const struct export *export;
    const struct request *request;
    struct sheet sheet;
    void *walk;
    int64_t rows;
};

static bool put_page(struct call *call, struct job *job, size_t *count)
{
    struct list rows;

    if (!job->export->next(call, job->walk, &rows))
        return false;

    for (size_t i = 0; i < rows.count; i++)
        if (!sheet_row(call, &job->sheet, (char *)rows.items + i * job->export->row_size))
            return false;

    job->rows += (int64_t)rows.count;
    *count = rows.count;
    return true;
}

/* A page ends with its memory, and so would the words of a fault about fields: there is none. */
static bool put_pages(struct call *call, struct job *job)
{
    const struct arena kept = call->arena;
    size_t count = 1;
    bool fine = true;

    call->arena = (struct arena){ 0 };
    while (fine && count) {
        fine = put_page(call, job, &count);
        assert(!call->fault.fields);
        arena_end(&call->arena);
    }
    arena_free(&call->arena);
    call->arena = kept;
    return fine;
}

/* What was asked for, and how much it was. */
static bool export_note(struct call *call, const struct job *job)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "form", job->sheet.format->extension);
    json_put_i64(&json, "rows", job->rows);
    for (const char *const *filter = job->export->filters; *filter; filter++) {
        const char *value = request_query(job->request, *filter);

        if (value && *value)
            json_put_text(&json, *filter, value);
    }
    json_close(&json, '}');

    return audit_note(call, job->export->action, 0, NULL, json.text, NULL);
}

static bool measure(struct call *call, int file, int64_t *length)
{
    *length = lseek(file, 0, SEEK_END);
    return *length >= 0 || sheet_fail(call, "no length");
}

static bool export_run(struct call *call, struct job *job, struct export_file *written)
{
    struct moment now;

    if (!db_use_snapshot(call) || !db_one(call, EXPORT_BEGIN(), &moment_shape, &now))
        return false;

    job->sheet.zone = now.zone;
    written->day = now.day;
    if (!scratch_open(call, &job->sheet.file) || !sheet_begin(call, &job->sheet)
        || !put_pages(call, job) || !export_note(call, job) || !sheet_end(call, &job->sheet))
        return false;

    written->file = job->sheet.file;
    return measure(call, job->sheet.file, &written->length);
}

bool export_write(struct call *call, const struct export *export, const struct sheet_format *format,
    const struct request *request, struct export_file *written)
{
    struct job job = {
        .export = export,
        .request = request,
        .sheet = {
            .format = format,
            .title = export->title,
            .columns = export->columns,
            .count = export->columns_count,
            .rows_max = SHEET_ROWS_MAX,
        },
    };

    if (!export->begin(call, request, &job.walk) || !export_slot_take(call))
        return false;

    const bool done = export_run(call, &job, written);

    export_slot_release(call);
    return done;
}

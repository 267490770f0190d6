#include "import/import_job.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/scratch.h"
#include "db/db.h"
#include "import/import.sql.h"
#include "import/import_files.h"
#include "import/import_reader.h"
#include "notice/notice.h"
#include "workbook/workbook.h"

/* How often a batch is tried that another transaction was faster than. */
#define IMPORT_BATCH_TRIES 5

static const struct field import_state_fields[] = {
    FIELD_OF(struct import_state, kind, import_kind_set),
    FIELD_OF(struct import_state, status, import_status_set),
    FIELD(struct import_state, dry_run),
    FIELD(struct import_state, area_id),
    FIELD(struct import_state, user_id),
    FIELD(struct import_state, rows),
    FIELD(struct import_state, done),
    FIELD(struct import_state, cancelled),
};

static const struct shape import_state_shape = SHAPE(struct import_state, import_state_fields);

/* Rows that are counted between two renewals of the lease; far less than a minute's work. */
#define IMPORT_RENEW_ROWS 500000

static bool import_commit(struct call *call, const struct import_run *run)
{
    return job_renew(call, run->job) && db_commit(call) && db_begin(call);
}

/* The first reading of the files. */
struct import_counting {
    const struct import_run *run;
    int64_t rows, blank;
};

static bool import_count_row(struct call *call, void *context, const struct workbook_row *row)
{
    struct import_counting *counting = context;

    if (job_runner_is_stopping())
        return fail(call, FAULT_AGAIN, "the server stops");
    if (row->count)
        counting->rows++;
    else
        counting->blank++;
    return (counting->rows + counting->blank) % IMPORT_RENEW_ROWS
        || import_commit(call, counting->run);
}

/* Reads all files to their ends. A file that can't be read is the end of the import, not a failure
 * of its job: *readable is false then, and the fault says why. */
static bool import_count(
    struct call *call, const struct import_run *run, int64_t *rows, bool *readable)
{
    struct import_counting counting = { .run = run };

    *readable = true;
    for (size_t i = 0; i < run->files.count && *readable; i++) {
        const struct import_stored_file *file = &run->files.items[i];

        *readable = workbook_read(call, file->file, file->length, import_count_row, &counting);
    }
    *rows = counting.rows;
    return *readable || call->fault.words.reason;
}

/* How the import ends, and whoever uploaded it hears of it. */
static bool import_close(
    struct call *call, struct import_run *run, enum import_status status, struct words why)
{
    struct import import;
    const char *reason = why.reason ? words_reason(why.reason)->key : NULL;

    return db_run(call,
               IMPORT_END(.id = run->id, .status = word_set_word(&import_status_set, status),
                   .reason = reason, .params = why.params),
               NULL)
        && db_run(call, IMPORT_DROP_PIECES(.id = run->id), NULL)
        && import_find(call, run->id, &import)
        && notice_send_to(call, run->state.user_id,
            WORDS_NOTICE(IMPORT_IS_DONE, .files = import.files,
                .rows = import.rows == NO_I64 ? 0 : import.rows, .errors = import.errors));
}

/* Counts the rows, unless that was done before. *ended: there is nothing to read. */
static bool import_prepare(struct call *call, struct import_run *run, bool *ended)
{
    int64_t rows;
    bool readable;

    *ended = false;
    if (run->state.rows != NO_I64)
        return true;
    if (!import_count(call, run, &rows, &readable))
        return false;

    *ended = !readable;
    if (!readable) {
        const struct words why = call->fault.words;

        fail_clear(call);
        return import_close(call, run, IMPORT_FAILED, why);
    }
    return db_run(call, IMPORT_BEGIN(.id = run->id, .rows = rows), NULL)
        && import_commit(call, run);
}

/* In the call's transaction. A dry run takes back what it has done, but keeps what it has learnt.
 */
static bool import_judge(struct call *call, struct import_run *run, struct import_batch *batch)
{
    if (!import_batch_store(call, run->state.kind, batch))
        return false;
    if (!run->state.dry_run)
        return true;
    db_rollback(call);
    return db_begin(call);
}

/* Whoever lost a race tries again with what is there now. */
static bool import_judge_again(
    struct call *call, struct import_run *run, struct import_batch *batch)
{
    for (int tries = 1; !import_judge(call, run, batch); tries++) {
        if (call->fault.code != FAULT_AGAIN || tries == IMPORT_BATCH_TRIES)
            return false;
        db_rollback(call);
        fail_clear(call);
        if (!db_begin(call))
            return false;
    }
    return true;
}

static bool import_store(struct call *call, struct import_run *run, struct import_batch *batch)
{
    const int64_t done = batch->items[batch->count - 1].n;

    return import_judge_again(call, run, batch) && import_files_write_rows(call, run->id, batch)
        && db_value_bool(call,
            IMPORT_PROGRESS(.id = run->id, .done = done, .created = batch->created,
                .linked = batch->linked, .skipped = batch->skipped, .errors = batch->errors),
            &run->state.cancelled)
        && import_commit(call, run);
}

/* Takes a batch of the reader. Its memory ends with it; the call's own has the files. */
static bool import_take_batch(struct call *call, void *context, struct import_batch *batch)
{
    struct import_run *run = context;
    struct arena kept = call->arena;

    if (job_runner_is_stopping())
        return fail(call, FAULT_AGAIN, "the server stops");
    if (run->state.cancelled)
        return fail(call, FAULT_REFUSED, "cancelled");

    call->arena = (struct arena){ 0 };

    const bool done = import_store(call, run, batch);

    if (done)
        arena_free(&call->arena);
    else
        arena_take(&kept, &call->arena);
    call->arena = kept;
    return done;
}

/* Reads the rows behind those that are done. */
static bool import_read(struct call *call, struct import_run *run)
{
    struct import_reader *reader;

    if (!import_reader_create(call, run, import_take_batch, &reader))
        return false;
    for (size_t i = 0; i < run->files.count; i++) {
        const struct import_stored_file *file = &run->files.items[i];

        import_reader_begin_file(reader, (int)i);
        if (!workbook_read(call, file->file, file->length, import_reader_take, reader))
            return false;
    }
    return import_reader_end(call, reader);
}

static bool import_read_and_close(struct call *call, struct import_run *run)
{
    const struct words nothing = { 0 };

    if (import_read(call, run))
        return import_close(call, run, IMPORT_DONE, nothing);
    if (!run->state.cancelled)
        return false;
    fail_clear(call);
    return import_close(call, run, IMPORT_CANCELLED, nothing);
}

bool import_run(struct call *call, const struct job *job)
{
    struct import_run run = { .job = job, .id = strtoll(job->key, NULL, 10) };
    bool found, ended;

    if (!db_one_or_none(call, IMPORT_STATE(.id = run.id), &import_state_shape, &run.state, &found))
        return false;
    if (!found || run.state.status > IMPORT_RUNNING)
        return true; /* it was deleted, or has ended */

    call->person.id = run.state.user_id;
    call->person.area_id = run.state.area_id;
    return import_files_open(call, run.id, &run.files) && import_prepare(call, &run, &ended)
        && (ended || import_read_and_close(call, &run));
}

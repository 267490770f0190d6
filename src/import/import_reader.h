/*
 * Import reader: takes the rows of an import's files one by one, and makes batches of them.
 *
 * It knows from the layout of the sheet (import_layout.h) what each row is. A batch ends with a
 * group, so that the children of a parent are in one transaction.
 */
#ifndef IMPORT_IMPORT_READER_H
#define IMPORT_IMPORT_READER_H

#include "import/import_files.h"
#include "import/import_layout.h"
#include "jobs/job.h"

/* What the job knows of its import when it begins. */
struct import_state {
    enum import_kind kind;
    enum import_status status;
    bool dry_run;
    int64_t area_id; /* the area of new bags; 0: none */
    int64_t user_id; /* who uploaded it */
    int64_t rows; /* rows that are not blank; NO_I64: not counted yet */
    int64_t done; /* rows that have an outcome */
    bool cancelled; /* somebody wants it to end */
};

/* An import that is running. */
struct import_run {
    const struct job *job;
    int64_t id; /* of the import */
    struct import_state state;
    struct import_stored_files files;
};

/* Takes a batch, which has one row at least. `context` is the reader's `run`. */
typedef bool import_take_fn(struct call *call, void *context, struct import_batch *batch);

/* A reader. */
struct import_reader;

/* Create the reader of an import, in call->arena. It passes the rows behind run->state.done to
 * `take`; `run` must live as long. */
MUST_USE bool import_reader_create(
    struct call *call, struct import_run *run, import_take_fn *take, struct import_reader **reader);

/* The rows that come now are those of the file with this number, from 0. */
void import_reader_begin_file(struct import_reader *reader, int file);

/* The workbook_row_fn to read the files with; `context` is the reader. */
bool import_reader_take(struct call *call, void *context, const struct workbook_row *row);

/* There are no more rows: pass the last batch on. */
MUST_USE bool import_reader_end(struct call *call, struct import_reader *reader);

#endif

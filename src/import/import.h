/*
 * Import: files of bags, links and bills that administrators upload, and what became of them.
 *
 * An upload is stored in the database with a job (jobs/job.h), which reads it in the background
 * (import/import_job.h): it survives a closed browser and a killed server, and any server can run
 * it. Each row of the files has an outcome, which is stored. A dry run judges all rows but changes
 * nothing else. A call is one unit of work, such as a request: it has the memory (call->arena,
 * where texts live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "base/call.h"
#include "base/json.h"
#include "base/shape.h"
#include "base/word_set.h"
#include "list/listing.h"

/* What the rows of an import are, one per row of import_kind.def. */
enum import_kind {
    IMPORT_KIND_NONE, /* no kind */
#define WORD(name, word) name,
#include "import/import_kind.def"
#undef WORD
    IMPORT_KIND_COUNT /* how many values there are, with NONE */
};

/* How far an import is, one per row of import_status.def. */
enum import_status {
    IMPORT_STATUS_NONE, /* no status */
#define WORD(name, word) name,
#include "import/import_status.def"
#undef WORD
    IMPORT_STATUS_COUNT /* how many values there are, with NONE */
};

/* What became of a row, one per row of import_outcome.def. */
enum import_outcome {
    IMPORT_OUTCOME_NONE, /* not decided yet */
#define WORD(name, word) name,
#include "import/import_outcome.def"
#undef WORD
    IMPORT_OUTCOME_COUNT /* how many values there are, with NONE */
};

/* The words of the three enums, in JSON and in the database: "bill-bags", "running", "linked". */
extern const struct word_set import_kind_set, import_status_set, import_outcome_set;

/* The most files of one import, and bytes of all of them together. */
#define IMPORT_FILES_MAX 20
#define IMPORT_BYTES_MAX ((size_t)64 * 1024 * 1024)

/* A file of an import. */
struct import_file {
    const char *name; /* as it was uploaded, without folders */
    int file; /* descriptor to read with pread() */
    int64_t start; /* where its content begins in `file` */
    int64_t length; /* bytes */
};

/* What to import. */
struct import_order {
    enum import_kind kind;
    bool dry_run; /* judge the rows, but change nothing */
    const char *area; /* name of the area that new bags belong to; NULL or "": none */
    const struct import_file *files; /* 1 to IMPORT_FILES_MAX */
    size_t files_count;
};

/* An import, as it is listed. Counts are of rows, but for `created`. */
struct import {
    int64_t us; /* list position: created_at in microseconds since 1970 */
    int64_t id;
    enum import_kind kind;
    enum import_status status;
    bool dry_run;
    const char *area; /* name; NULL: none */
    const char *files; /* names of its files, with ", " between */
    const char *user; /* who uploaded it */
    const char *created_at; /* times; NULL: not yet */
    const char *started_at;
    const char *ended_at;
    int64_t rows; /* rows that are not blank; NO_I64: not counted yet */
    int64_t done; /* of these, the ones that have an outcome */
    int64_t created; /* bags and bills that were made */
    int64_t linked; /* children put into parents, or parents on bills */
    int64_t skipped;
    int64_t errors;
    int64_t seconds; /* how long it has run; NO_I64: it has not begun */
    const char *reason; /* why a file could not be read: a key of base/words.def; NULL: it could */
    const char *params; /* the parameters of the reason, a JSON object */
    const char *detail; /* the reason in English */
};

/* The field table of struct import, by which rows are read and JSON is written. */
extern const struct shape import_shape;

/* The list of imports, newest first, for GET /api/imports (see list/listing.h). */
extern const struct listing import_listing;

/* A row of a file and what became of it. */
struct import_row {
    int64_t n; /* number among all rows of the import, from 1 */
    const char *file; /* name of its file */
    const char *sheet; /* name of its sheet; "" in a CSV file */
    int64_t row; /* number in its sheet, as the spreadsheet program shows it */
    const char *code; /* of the bag or bill */
    const char *target; /* code of the parent or bill that it was meant for; NULL: none */
    enum import_outcome outcome;
    const char *reason; /* why not: a key of base/words.def; NULL: no reason */
    const char *params; /* the parameters of the reason, a JSON object */
    const char *detail; /* the reason in English */
};

/* The list of an import's rows in the order of the files, for GET /api/imports/{id}/rows. */
extern const struct listing import_row_listing;

/* Store the files, queue the job that reads them, and set *id to the new import's id. Adds an audit
 * note. FAULT_BAD_FIELDS if there is no file, too many, an empty one, or no such area. */
MUST_USE bool import_start(struct call *call, const struct import_order *order, int64_t *id);

/* Read the import with this id. FAULT_NOT_FOUND if there is none. */
MUST_USE bool import_find(struct call *call, int64_t id, struct import *import);

/* Ask for the end of an import, which ends between two groups of rows: what is committed stays.
 * Adds an audit note. FAULT_NOT_FOUND; FAULT_REFUSED if it has ended. */
MUST_USE bool import_cancel(struct call *call, int64_t id);

/* Read up to `count` rows with this outcome after the row number `after` (0: from the first), as an
 * array of struct import_row in call->arena. IMPORT_OUTCOME_NONE: of any outcome. */
MUST_USE bool import_rows(struct call *call, int64_t id, enum import_outcome outcome, int64_t after,
    int64_t count, struct list *rows);

/* A row that was refused, as its file has it. */
struct import_failed_row {
    int64_t n; /* number among all rows of the import */
    const char *target; /* code of the parent or bill that it was meant for; NULL: none */
    /* What its file has in the columns of the kind's template; NULL: nothing. */
    const char *first, *second, *third;
};

/* The same of refused rows: an array of struct import_failed_row. */
MUST_USE bool import_failed_rows(
    struct call *call, int64_t id, int64_t after, int64_t count, struct list *rows);

/* Delete the imports that ended more than 90 days ago, with their rows. Called by the job of
 * retention. */
MUST_USE bool import_apply_retention(struct call *call);

#endif

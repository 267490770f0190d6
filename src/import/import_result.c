#include "import/import_result.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bag/code.h"
#include "base/scratch.h"
#include "base/text.h"
#include "db/db.h"
#include "export/export_slots.h"
#include "export/sheet.h"
#include "import/import.h"
#include "import/import_batch.h"
#include "import/import_layout.h"

/* Rows in memory at once. */
#define IMPORT_RESULT_PAGE 1000

/* A line of the summary. */
struct import_line {
    const char *name, *value;
};

static const struct column import_line_columns[] = {
    { "What", 24, FIELD(struct import_line, name) },
    { "Value", 40, FIELD(struct import_line, value) },
};

static const struct column import_row_columns[] = {
    { "File", 24, FIELD(struct import_row, file) },
    { "Sheet", 16, FIELD(struct import_row, sheet) },
    { "Row", 8, FIELD(struct import_row, row) },
    { "Code", 16, FIELD(struct import_row, code) },
    { "Parent or bill", 16, FIELD(struct import_row, target) },
    { "Outcome", 10, FIELD_OF(struct import_row, outcome, import_outcome_set) },
    { "Reason", 50, FIELD(struct import_row, detail) },
};

/* A sheet of rows, and which outcomes it has. */
struct import_result_sheet {
    const char *title;
    enum import_outcome outcomes[4]; /* NONE behind the last */
};

static const struct import_result_sheet import_result_sheets[] = {
    { "Successes", { IMPORT_ROW_CREATED, IMPORT_ROW_LINKED, IMPORT_ROW_USED } },
    { "Errors", { IMPORT_ROW_ERROR } },
    { "Skipped", { IMPORT_ROW_SKIPPED } },
};

static bool import_write_line(
    struct call *call, struct sheet *sheet, const char *name, const char *value)
{
    const struct import_line line = { name, value };

    return sheet_write_row(call, sheet, &line);
}

static bool import_write_number(
    struct call *call, struct sheet *sheet, const char *name, int64_t number)
{
    return import_write_line(call, sheet, name,
        number == NO_I64 ? NULL : arena_format(&call->arena, "%lld", (long long)number));
}

static bool import_write_summary(
    struct call *call, struct sheet *sheet, const struct import *import)
{
    return sheet_begin(call, sheet) && import_write_line(call, sheet, "Files", import->files)
        && import_write_line(call, sheet, "Kind", word_set_word(&import_kind_set, import->kind))
        && import_write_line(call, sheet, "Dry run", import->dry_run ? "yes" : "no")
        && import_write_line(
            call, sheet, "Status", word_set_word(&import_status_set, import->status))
        && import_write_line(call, sheet, "Why", import->detail)
        && import_write_line(call, sheet, "By", import->user)
        && import_write_line(call, sheet, "Uploaded", import->created_at)
        && import_write_line(call, sheet, "Ended", import->ended_at)
        && import_write_number(call, sheet, "Rows", import->rows)
        && import_write_number(call, sheet, "Done", import->done)
        && import_write_number(call, sheet, "Created", import->created)
        && import_write_number(call, sheet, "Linked", import->linked)
        && import_write_number(call, sheet, "Skipped", import->skipped)
        && import_write_number(call, sheet, "Errors", import->errors);
}

static bool import_write_page(
    struct call *call, struct sheet *sheet, int64_t id, enum import_outcome outcome, int64_t *after)
{
    struct list rows;

    if (!import_rows(call, id, outcome, *after, IMPORT_RESULT_PAGE, &rows))
        return false;

    const struct import_row *items = rows.items;

    for (size_t i = 0; i < rows.count; i++)
        if (!sheet_write_row(call, sheet, &items[i]))
            return false;
    *after = rows.count == IMPORT_RESULT_PAGE ? items[rows.count - 1].n : NO_I64;
    return true;
}

/* Each page in memory of its own. */
static bool import_write_rows(
    struct call *call, struct sheet *sheet, int64_t id, enum import_outcome outcome)
{
    struct arena kept = call->arena;
    int64_t after = 0;
    bool done = true;

    call->arena = (struct arena){ 0 };
    while (done && after != NO_I64) {
        done = import_write_page(call, sheet, id, outcome, &after);
        if (done)
            arena_end(&call->arena);
    }
    arena_take(&kept, &call->arena);
    call->arena = kept;
    return done;
}

static bool import_write_sheet(
    struct call *call, struct sheet *sheet, int64_t id, const struct import_result_sheet *of)
{
    sheet->title = of->title;
    sheet->columns = import_row_columns;
    sheet->count = COUNT_OF(import_row_columns);
    if (!sheet_begin_next(call, sheet))
        return false;
    for (size_t i = 0; i < COUNT_OF(of->outcomes) && of->outcomes[i]; i++)
        if (!import_write_rows(call, sheet, id, of->outcomes[i]))
            return false;
    return true;
}

static bool import_measure(
    struct call *call, const struct sheet *sheet, struct import_result *result)
{
    result->file = sheet->file;
    result->type = sheet_xlsx.type;
    result->length = lseek(sheet->file, 0, SEEK_END);
    return result->length >= 0 || sheet_fail(call, "no length");
}

static bool import_write_book(struct call *call, int64_t id, struct import_result *result)
{
    struct sheet sheet = { .format = &sheet_xlsx,
        .title = "Summary",
        .columns = import_line_columns,
        .count = COUNT_OF(import_line_columns),
        .rows_max = SHEET_ROWS_MAX };
    struct import import;

    if (!db_use_snapshot(call) || !import_find(call, id, &import)
        || !scratch_open(call, &sheet.file) || !import_write_summary(call, &sheet, &import))
        return false;
    for (size_t i = 0; i < COUNT_OF(import_result_sheets); i++)
        if (!import_write_sheet(call, &sheet, id, &import_result_sheets[i]))
            return false;
    return sheet_end(call, &sheet) && import_measure(call, &sheet, result);
}

/* A row of the head of a group: "Parent code", SB12345. */
static bool import_write_head(
    struct call *call, struct sheet *sheet, enum import_kind kind, const char *target)
{
    const struct import_failed_row head = {
        .first = kind == IMPORT_CHILDREN ? "Parent code" : "Bill No", .second = target
    };

    return !target || sheet_write_row(call, sheet, &head);
}

/* Whether the group ends between two rows that follow each other. */
static bool import_is_other_group(const char *target, const char *next)
{
    return target && (!next || strcmp(target, next) != 0);
}

/* A file of refused rows that is being written. */
struct import_failed {
    struct sheet sheet;
    enum import_kind kind;
    bool is_grouped; /* rows stand above what they go into */
    char target[BAG_CODE_MAX + 1]; /* of the last row; "": it has none */
};

static bool import_write_failed_row(
    struct call *call, struct import_failed *failed, const struct import_failed_row *row)
{
    const char *before = *failed->target ? failed->target : NULL;

    if (failed->is_grouped && import_is_other_group(before, row->target)
        && !import_write_head(call, &failed->sheet, failed->kind, before))
        return false;

    snprintf(failed->target, sizeof failed->target, "%s", row->target ? row->target : "");
    return sheet_write_row(call, &failed->sheet, row);
}

static bool import_write_failed_rows(struct call *call, int64_t id, struct import_failed *failed)
{
    struct list rows = { NULL, IMPORT_RESULT_PAGE };
    int64_t after = 0;

    while (rows.count == IMPORT_RESULT_PAGE) {
        if (!import_failed_rows(call, id, after, IMPORT_RESULT_PAGE, &rows))
            return false;

        const struct import_failed_row *items = rows.items;

        for (size_t i = 0; i < rows.count; i++)
            if (!import_write_failed_row(call, failed, &items[i]))
                return false;
        after = rows.count ? items[rows.count - 1].n : after;
    }
    return !failed->is_grouped || !*failed->target
        || import_write_head(call, &failed->sheet, failed->kind, failed->target);
}

static const struct field import_failed_cells[IMPORT_CELLS] = {
    FIELD(struct import_failed_row, first),
    FIELD(struct import_failed_row, second),
    FIELD(struct import_failed_row, third),
};

static size_t import_failed_columns(enum import_kind kind, struct column *columns)
{
    const struct import_template *template = import_template_of(kind);
    size_t count = 0;

    for (; count < IMPORT_CELLS && template->headings[count]; count++)
        columns[count] =
            (struct column){ template->headings[count], 20, import_failed_cells[count] };
    return count;
}

static bool import_write_failed_book(struct call *call, int64_t id, struct import_result *result)
{
    struct column columns[IMPORT_CELLS];
    struct import_failed failed = { .sheet = { .format = &sheet_xlsx,
                                        .title = "Refused",
                                        .columns = columns,
                                        .rows_max = SHEET_ROWS_MAX } };
    struct import import;

    if (!db_use_snapshot(call) || !import_find(call, id, &import)
        || !scratch_open(call, &failed.sheet.file))
        return false;

    failed.kind = import.kind;
    failed.is_grouped = import.kind == IMPORT_CHILDREN || import.kind == IMPORT_BILL_BAGS;
    failed.sheet.count = import_failed_columns(import.kind, columns);
    return sheet_begin(call, &failed.sheet) && import_write_failed_rows(call, id, &failed)
        && sheet_end(call, &failed.sheet) && import_measure(call, &failed.sheet, result);
}

/* Few files are written at once. */
static bool import_write(struct call *call, int64_t id, struct import_result *result,
    bool (*write)(struct call *call, int64_t id, struct import_result *result))
{
    if (!export_slot_take(call))
        return false;

    const bool done = write(call, id, result);

    export_slot_release(call);
    return done;
}

bool import_result_write(struct call *call, int64_t id, struct import_result *result)
{
    return import_write(call, id, result, import_write_book);
}

bool import_failed_write(struct call *call, int64_t id, struct import_result *result)
{
    return import_write(call, id, result, import_write_failed_book);
}

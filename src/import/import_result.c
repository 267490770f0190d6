#include "import/import_result.h"

#include <unistd.h>

#include "base/scratch.h"
#include "base/text.h"
#include "db/db.h"
#include "export/export_slots.h"
#include "export/sheet.h"
#include "import/import.h"

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
    if (!sheet_end(call, &sheet))
        return false;

    result->file = sheet.file;
    result->type = sheet_xlsx.type;
    result->length = lseek(sheet.file, 0, SEEK_END);
    return result->length >= 0 || sheet_fail(call, "no length");
}

bool import_result_write(struct call *call, int64_t id, struct import_result *result)
{
    if (!export_slot_take(call))
        return false;

    const bool done = import_write_book(call, id, result);

    export_slot_release(call);
    return done;
}

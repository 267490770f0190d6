/*
 * Excel workbooks by libxlsxwriter, which keeps one row in memory and the rest in temporary files.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/scratch.h"
#include "base/text.h"
#include "export/sheet.h"

/* Excel counts 32,767 characters at most in a cell; bytes are never fewer. */
#define SHEET_XLSX_TEXT_MAX ((size_t)32767)
#define CUT "\xe2\x80\xa6"

#define SHEETS_MAX 64

/* A sheet's rows. The library forgets to close what it has not packed; see close_rest(). */
struct sheet_xlsx_rows {
    FILE *file; /* the library's: perhaps closed, and gone */
    int number; /* of its descriptor */
    int spare; /* another descriptor of the same file, so that no other file can be taken for it */
};

struct xlsx {
    lxw_workbook *workbook; /* NULL once it is closed */
    lxw_worksheet *worksheet;
    struct sheet_xlsx_rows rows[SHEETS_MAX];
    int sheets;
    int first; /* how many sheets there were before the present table */
    lxw_format *head, *time;
    lxw_row_t row; /* the next one */
    char text[SHEET_XLSX_TEXT_MAX + 1];
};

static bool is_open(const struct sheet_xlsx_rows *rows)
{
    struct stat it, own;

    return fstat(rows->number, &it) == 0 && fstat(rows->spare, &own) == 0 && it.st_dev == own.st_dev
        && it.st_ino == own.st_ino;
}

/* When the workbook is gone, however far it came. */
static void close_rest(struct xlsx *xlsx)
{
    for (int i = 0; i < xlsx->sheets; i++) {
        if (is_open(&xlsx->rows[i]))
            fclose(xlsx->rows[i].file);
        close(xlsx->rows[i].spare);
    }
}

static void sheet_xlsx_drop(void *writer)
{
    struct xlsx *xlsx = writer;

    lxw_workbook_free(xlsx->workbook);
    close_rest(xlsx);
}

static bool keep_rows(struct call *call, struct xlsx *xlsx)
{
    FILE *file = xlsx->worksheet ? xlsx->worksheet->optimize_tmpfile : NULL;
    const int spare = file ? dup(fileno(file)) : -1;

    if (spare < 0)
        return sheet_fail(call, "no further sheet");
    xlsx->rows[xlsx->sheets++] = (struct sheet_xlsx_rows){ file, fileno(file), spare };
    return true;
}

/* "Audit", "Audit 2" and so on. */
static bool add_sheet(struct call *call, struct sheet *sheet)
{
    struct xlsx *xlsx = sheet->writer;
    char name[32];

    if (xlsx->sheets == SHEETS_MAX)
        return fail_because(call, WORKBOOK_FULL);
    if (xlsx->sheets > xlsx->first)
        snprintf(name, sizeof name, "%s %d", sheet->title, xlsx->sheets - xlsx->first + 1);
    else
        snprintf(name, sizeof name, "%s", sheet->title);

    xlsx->worksheet = workbook_add_worksheet(xlsx->workbook, name);
    xlsx->row = 0;
    if (!keep_rows(call, xlsx))
        return false;

    worksheet_freeze_panes(xlsx->worksheet, 1, 0);
    for (size_t i = 0; i < sheet->count; i++)
        worksheet_set_column(
            xlsx->worksheet, (lxw_col_t)i, (lxw_col_t)i, sheet->columns[i].width, NULL);
    return true;
}

/* By its number: the file has no name. */
static bool sheet_xlsx_begin(struct call *call, struct sheet *sheet)
{
    struct xlsx *xlsx = NEW(&call->arena, struct xlsx);
    char name[32];
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE,
        .tmpdir = arena_text(&call->arena, scratch_folder()),
    };

    snprintf(name, sizeof name, "/proc/self/fd/%d", sheet->file);
    sheet->writer = xlsx;
    xlsx->workbook = workbook_new_opt(name, &options);
    if (!xlsx->workbook)
        return sheet_fail(call, "no workbook");

    arena_defer(&call->arena, sheet_xlsx_drop, xlsx);
    xlsx->head = workbook_add_format(xlsx->workbook);
    xlsx->time = workbook_add_format(xlsx->workbook);
    format_set_bold(xlsx->head);
    format_set_num_format(xlsx->time, "yyyy-mm-dd hh:mm:ss");
    return add_sheet(call, sheet);
}

/* U+FFFE and U+FFFF are UTF-8 but not XML: Excel would call the whole file damaged. */
static const char *fit(struct xlsx *xlsx, const char *text)
{
    const size_t most = SHEET_XLSX_TEXT_MAX - strlen(CUT);

    snprintf(xlsx->text, sizeof xlsx->text, "%s", text);
    if (strlen(text) > SHEET_XLSX_TEXT_MAX) {
        xlsx->text[most] = '\0';
        text_drop_partial_character(xlsx->text);
        strcat(xlsx->text, CUT);
    }
    for (char *at = xlsx->text; (at = strstr(at, "\xef\xbf")); at += 3)
        if (at[2] == '\xbe' || at[2] == '\xbf')
            at[2] = '\xbd';
    return xlsx->text;
}

static void put_time(struct xlsx *xlsx, lxw_col_t column, const char *text)
{
    lxw_datetime at;

    if (sscanf(text, "%d-%d-%d %d:%d:%lf", &at.year, &at.month, &at.day, &at.hour, &at.min, &at.sec)
        == 6)
        worksheet_write_datetime(xlsx->worksheet, xlsx->row, column, &at, xlsx->time);
}

static void sheet_xlsx_put(struct xlsx *xlsx, lxw_col_t column, const struct cell *cell)
{
    switch (cell->kind) {
    case CELL_EMPTY:
        return;
    case CELL_NUMBER:
        worksheet_write_number(xlsx->worksheet, xlsx->row, column, strtod(cell->text, NULL), NULL);
        return;
    case CELL_TIME:
        put_time(xlsx, column, cell->text);
        return;
    case CELL_TEXT:
        worksheet_write_string(xlsx->worksheet, xlsx->row, column, fit(xlsx, cell->text),
            xlsx->row ? NULL : xlsx->head);
    }
}

/* What the library doesn't ask itself: a full disk. */
static bool is_written(struct call *call, struct xlsx *xlsx)
{
    FILE *file = xlsx->worksheet->optimize_tmpfile;

    return (fflush(file) == 0 && !ferror(file)) || sheet_fail(call, "a temporary file");
}

static bool sheet_xlsx_go_on(struct call *call, struct sheet *sheet)
{
    return is_written(call, sheet->writer) && add_sheet(call, sheet)
        && sheet_write_titles(call, sheet);
}

static bool sheet_xlsx_row(struct call *call, struct sheet *sheet, const struct cell *cells)
{
    struct xlsx *xlsx = sheet->writer;

    if (xlsx->row == sheet->rows_max && !sheet_xlsx_go_on(call, sheet))
        return false;
    for (size_t i = 0; i < sheet->count; i++)
        sheet_xlsx_put(xlsx, (lxw_col_t)i, &cells[i]);
    xlsx->row++;
    return true;
}

static bool sheet_xlsx_next(struct call *call, struct sheet *sheet)
{
    struct xlsx *xlsx = sheet->writer;

    xlsx->first = xlsx->sheets;
    return is_written(call, xlsx) && add_sheet(call, sheet);
}

static bool sheet_xlsx_end(struct call *call, struct sheet *sheet)
{
    struct xlsx *xlsx = sheet->writer;

    if (!is_written(call, xlsx))
        return false;

    /* Whatever comes of it, it is freed. */
    const lxw_error error = workbook_close(xlsx->workbook);

    xlsx->workbook = NULL;
    return !error || sheet_fail(call, lxw_strerror(error));
}

const struct sheet_format sheet_xlsx = {
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    sheet_xlsx_begin,
    sheet_xlsx_row,
    sheet_xlsx_end,
    sheet_xlsx_next,
};

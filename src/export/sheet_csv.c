/*
 * CSV as RFC 4180 has it, in UTF-8. The byte order mark is for Excel, which takes the file for
 * the machine's old code page without it.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "export/sheet.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* With one of these at its start a spreadsheet takes a cell for a formula. */
#define FORMULA_STARTS "=+-@\t\r\n"

static void sheet_csv_close_file(void *file)
{
    fclose(file);
}

static bool sheet_csv_begin(struct call *call, struct sheet *sheet)
{
    const int own = dup(sheet->file);
    FILE *file = own < 0 ? NULL : fdopen(own, "w");

    if (!file) {
        (void)sheet_fail(call, strerror(errno));
        if (own >= 0)
            close(own);
        return false;
    }
    arena_defer(&call->arena, sheet_csv_close_file, file);
    sheet->writer = file;
    fputs(BYTE_ORDER_MARK, file);
    return true;
}

static void put_quoted(FILE *file, const char *text, const char *before)
{
    fputc('"', file);
    fputs(before, file);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', file);
        fputc(*text, file);
    }
    fputc('"', file);
}

/* Semicolons and tabs are no separators of ours, but many a spreadsheet's. */
static void put_text(FILE *file, const char *text)
{
    const char *apostrophe = strchr(FORMULA_STARTS, *text) ? "'" : "";

    if (text[strcspn(text, "\",;\t\r\n")])
        put_quoted(file, text, apostrophe);
    else
        fprintf(file, "%s%s", apostrophe, text);
}

static bool sheet_csv_row(struct call *call, struct sheet *sheet, const struct cell *cells)
{
    FILE *file = sheet->writer;

    for (size_t i = 0; i < sheet->count; i++) {
        if (i)
            fputc(',', file);
        if (cells[i].kind == CELL_TEXT)
            put_text(file, cells[i].text);
        else if (cells[i].kind != CELL_EMPTY)
            fputs(cells[i].text, file);
    }
    fputs("\r\n", file);
    return !ferror(file) || sheet_fail(call, strerror(errno));
}

static bool sheet_csv_end(struct call *call, struct sheet *sheet)
{
    return fflush(sheet->writer) == 0 || sheet_fail(call, strerror(errno));
}

const struct sheet_format sheet_csv = {
    "csv",
    "text/csv; charset=utf-8",
    sheet_csv_begin,
    sheet_csv_row,
    sheet_csv_end,
    NULL,
};

/*
 * Sheet: writes a table row by row into a file, as CSV or as an Excel workbook.
 *
 * A million rows need no more memory than one. Text stays text: a cell never becomes a formula,
 * whatever it contains. The first row has the titles. Times are shown as PostgreSQL prints them in
 * the session's time zone, which is part of their column's title.
 */
#ifndef EXPORT_SHEET_H
#define EXPORT_SHEET_H

#include "base/call.h"
#include "base/shape.h"

struct column {
    const char *title;
    int width; /* in characters; CSV ignores it */
    struct field field; /* of the record that makes the row */
};

/* Rows of one sheet, including the titles; a workbook continues in another sheet. */
#define SHEET_ROWS_MAX 1048576

struct sheet {
    const struct sheet_format *format;
    const char *title;
    const struct column *columns;
    size_t count;
    const char *zone;
    int64_t rows_max; /* SHEET_ROWS_MAX, except in tests */
    int file; /* the file to write; empty at first */
    void *writer; /* private to the format */
};

#define SHEET_COLUMNS_MAX 32

enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_NUMBER, CELL_TIME };

struct cell {
    enum cell_kind kind;
    const char *text; /* a time is "2026-11-21 11:42:00" */
    char room[64]; /* room for a text that is stored nowhere else */
};

struct sheet_format {
    const char *extension; /* of the file's name */
    const char *type; /* Content-Type */
    bool (*begin)(struct call *call, struct sheet *sheet);
    bool (*row)(struct call *call, struct sheet *sheet, const struct cell *cells);
    bool (*end)(struct call *call, struct sheet *sheet);
};

extern const struct sheet_format sheet_csv, sheet_xlsx;

/* Each of these fails if the file can't be written. sheet_begin() sets `writer`. */
MUST_USE bool sheet_begin(struct call *call, struct sheet *sheet);
MUST_USE bool sheet_row(struct call *call, struct sheet *sheet, const void *record);
MUST_USE bool sheet_end(struct call *call, struct sheet *sheet);

/* For the formats: write the row of titles. */
MUST_USE bool sheet_titles(struct call *call, struct sheet *sheet);

/* For the formats: record why the file can't be written. Returns false. */
bool sheet_fail(struct call *call, const char *why);

#endif

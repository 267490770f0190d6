/*
 * Sheet: a table that is written row by row into a file, as CSV or as an Excel workbook.
 *
 * A million rows need no more memory than one. Text stays text: a cell never starts a formula,
 * whoever has written what is in it. The first row is the titles; times are as PostgreSQL shows
 * them in the session's zone, which stands beside their column's title.
 */
#ifndef EXPORT_SHEET_H
#define EXPORT_SHEET_H

#include "base/call.h"
#include "base/shape.h"

struct column {
    const char *title;
    int width; /* in characters; CSV has none */
    struct field field; /* of the record that a row is */
};

/* Rows of one sheet, the titles included; a workbook goes on in a further sheet. */
#define SHEET_ROWS_MAX 1048576

struct sheet {
    const struct sheet_format *format;
    const char *title;
    const struct column *columns;
    size_t count;
    const char *zone;
    int64_t rows_max; /* SHEET_ROWS_MAX, but for tests */
    int file; /* what is written to; empty at first */
    void *writer; /* the form's own */
};

#define SHEET_COLUMNS_MAX 32

enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_NUMBER, CELL_TIME };

struct cell {
    enum cell_kind kind;
    const char *text; /* of a time "2026-11-21 11:42:00" */
    char room[64]; /* for a text that has no other place */
};

struct sheet_format {
    const char *extension; /* of the file's name */
    const char *type; /* Content-Type */
    bool (*begin)(struct call *call, struct sheet *sheet);
    bool (*row)(struct call *call, struct sheet *sheet, const struct cell *cells);
    bool (*end)(struct call *call, struct sheet *sheet);
};

extern const struct sheet_format sheet_csv, sheet_xlsx;

/* Each of these fails when the file can't be written. `writer` is filled in by the first. */
MUST_USE bool sheet_begin(struct call *call, struct sheet *sheet);
MUST_USE bool sheet_row(struct call *call, struct sheet *sheet, const void *record);
MUST_USE bool sheet_end(struct call *call, struct sheet *sheet);

/* For the forms: the row of titles. */
MUST_USE bool sheet_titles(struct call *call, struct sheet *sheet);

/* For the forms: why it can't be written; false. */
bool sheet_fail(struct call *call, const char *why);

#endif

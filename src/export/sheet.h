/*
 * Sheet: writes a table row by row into a file, as CSV or as an Excel workbook.
 *
 * The memory needed does not grow with the number of rows. Text stays text: a cell never becomes a
 * formula, whatever it contains. The first row has the titles. Times are in the database session's
 * time zone, to the second; the zone is part of their column's title. A record is the C struct that
 * one row is made from. `call` is the unit of work in hand; its arena frees what a writer uses.
 */
#ifndef EXPORT_SHEET_H
#define EXPORT_SHEET_H

#include "base/call.h"
#include "base/shape.h"

/* A column of the table. */
struct column {
    const char *title; /* in the first row */
    int width; /* in characters; CSV ignores it */
    struct field field; /* the member of the record that is shown, and its type */
};

/* The most rows of one sheet of a workbook, including the titles (Excel's limit). If there are
 * more, they go on in another sheet of the file. CSV has no limit. */
#define SHEET_ROWS_MAX 1048576

/* A table that is being written. The caller sets all members but `writer`. */
struct sheet {
    const struct sheet_format *format; /* &sheet_csv or &sheet_xlsx */
    const char *title; /* name of the workbook's sheet */
    const struct column *columns;
    size_t count; /* of columns: 1 to SHEET_COLUMNS_MAX */
    const char *zone; /* name of the session's time zone, shown in titles */
    int64_t rows_max; /* SHEET_ROWS_MAX, except in tests */
    int file; /* descriptor of an empty file; the caller closes it */
    void *writer; /* private to the format; set by sheet_begin() */
};

/* The most columns of a table. */
#define SHEET_COLUMNS_MAX 32

/* The type of a cell, which decides how a format writes it. */
enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_NUMBER, CELL_TIME };

/* One value of a row, made from a record and passed to the format. */
struct cell {
    enum cell_kind kind;
    const char *text; /* a number is "12.345", a time "2026-11-21 11:42:00"; CELL_EMPTY: unused */
    char room[64]; /* where `text` is, unless it is in the record */
};

/* A file format: its names, and the functions that write it. Each function returns false with a
 * fault if the file can't be written. */
struct sheet_format {
    const char *extension; /* of the file's name: "csv" */
    const char *type; /* MIME type for the header Content-Type */
    bool (*begin)(struct call *call, struct sheet *sheet); /* sets sheet->writer */
    bool (*row)(struct call *call, struct sheet *sheet, const struct cell *cells);
    bool (*end)(struct call *call, struct sheet *sheet); /* completes the file */
    /* Begins another table, without its titles; NULL: a file has one table. */
    bool (*next)(struct call *call, struct sheet *sheet);
};

/* CSV (RFC 4180, UTF-8 with a byte order mark), and Excel workbooks (.xlsx). */
extern const struct sheet_format sheet_csv, sheet_xlsx;

/* Begin the file: sets sheet->writer and writes the row of titles. FAULT_INTERNAL if the file can't
 * be written. */
MUST_USE bool sheet_begin(struct call *call, struct sheet *sheet);

/* Add a row with the values of a record. FAULT_INTERNAL if the file can't be written;
 * FAULT_TOO_LARGE if a workbook would need more than 64 sheets. */
MUST_USE bool sheet_write_row(struct call *call, struct sheet *sheet, const void *record);

/* Go on with another table in a sheet of its own, and write its titles. The caller has set
 * sheet->title, columns and count anew. Only for workbooks. The faults are those of sheet_begin().
 */
MUST_USE bool sheet_begin_next(struct call *call, struct sheet *sheet);

/* Complete the file, which is then ready to be read. FAULT_INTERNAL if it can't be written. */
MUST_USE bool sheet_end(struct call *call, struct sheet *sheet);

/* For the formats: write the row of titles, at the beginning of each sheet. FAULT_INTERNAL if the
 * file can't be written. */
MUST_USE bool sheet_write_titles(struct call *call, struct sheet *sheet);

/* For the formats: record in the call that the file can't be written (FAULT_INTERNAL), and why.
 * Always returns false. */
bool sheet_fail(struct call *call, const char *why);

#endif

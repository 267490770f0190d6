/*
 * Workbook: reads the rows of a file that someone has made with a spreadsheet program.
 *
 * An Excel workbook (.xlsx) or a CSV file: which of them is decided by the content, not by the
 * name. The file is read from start to end, and each row is passed to a function of the caller, so
 * the memory needed does not grow with the file. Every cell is text, as the spreadsheet program
 * would show it without a format: "0016586" keeps its zeros if the cell is text, and a number is
 * never written as "1.6586E4".
 *
 * A file is hostile input. Sizes are limited before they are believed, XML with a document type is
 * refused, and a file that can't be read to its end is a fault, never a shorter file.
 * `call` is the unit of work in hand, with its memory (call->arena) and, after a failure, its
 * fault.
 */
#ifndef WORKBOOK_WORKBOOK_H
#define WORKBOOK_WORKBOOK_H

#include "base/call.h"

/* Cells of a row that are read, counted from its first column. Further ones are ignored. */
#define WORKBOOK_COLUMNS_MAX 64

/* Bytes of a cell's text that are kept, without the NUL. The rest is cut off. */
#define WORKBOOK_CELL_MAX ((size_t)1000)

/* One row, valid until the function that it was passed to returns. */
struct workbook_row {
    const char *sheet; /* the sheet's name; "" in a CSV file */
    bool hidden; /* the sheet is hidden */
    int64_t number; /* of the row in its sheet, from 1, as the spreadsheet program shows it */
    const char *cells[WORKBOOK_COLUMNS_MAX]; /* UTF-8 without surrounding blanks; "" if empty */
    size_t count; /* cells up to the last one that is not empty; 0: a blank row */
};

/* Takes one row. `context` is that of workbook_read(). Returns false with a fault to stop. */
typedef bool workbook_row_fn(struct call *call, void *context, const struct workbook_row *row);

/* Read all rows of a file, sheet by sheet in their order, and pass each to `take`. `file` is a
 * descriptor to read with pread(), `length` its size in bytes. FAULT_BAD_TYPE if it is neither
 * .xlsx nor CSV (the words say what it is); FAULT_BAD_INPUT if it is damaged; FAULT_TOO_LARGE if it
 * is larger, unpacked, than BOOK_ limits allow; and the faults of `take`. */
MUST_USE bool workbook_read(
    struct call *call, int file, int64_t length, workbook_row_fn *take, void *context);

#endif

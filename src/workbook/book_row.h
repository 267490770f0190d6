/*
 * Book row: collects the cells of one row in memory of a fixed size, and passes the row on.
 *
 * Used by both readers, for workbooks (book_sheet.h) and for CSV files (book_csv.h).
 */
#ifndef WORKBOOK_BOOK_ROW_H
#define WORKBOOK_BOOK_ROW_H

#include "workbook/workbook.h"

/* Where the rows of one file go, and the row that is being collected. */
struct book_rows {
    struct workbook_row row;
    workbook_row_fn *take; /* the caller's function, with its context */
    void *context;
    size_t used; /* bytes of `text` */
    char text[WORKBOOK_COLUMNS_MAX * (WORKBOOK_CELL_MAX + 1)]; /* the cells of the row */
};

/* Begin a row with this number, which has no cells yet. */
void book_row_begin(struct book_rows *rows, int64_t number);

/* Set the cell of a column, counted from 0, to the first WORKBOOK_CELL_MAX of `length` bytes of
 * UTF-8, without the blanks around them. A column beyond the last one is ignored, and so is a
 * second value for the same column. */
void book_row_set(struct book_rows *rows, size_t column, const char *bytes, size_t length);

/* Pass the row to the caller's function; false with its fault. */
MUST_USE bool book_row_end(struct call *call, struct book_rows *rows);

#endif

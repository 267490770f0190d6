/*
 * Book sheet: reads the rows of one sheet of a workbook.
 */
#ifndef WORKBOOK_BOOK_SHEET_H
#define WORKBOOK_BOOK_SHEET_H

#include "workbook/book_row.h"
#include "workbook/book_strings.h"
#include "workbook/book_styles.h"

/* What the cells of all sheets refer to. */
struct book_shared {
    struct book_strings strings;
    struct book_styles styles;
};

/* Read the sheet in the file `name` and pass its rows on. Rows and cells come in the order of the
 * file, with the numbers that they say they have. FAULT_BAD_INPUT if the sheet is damaged; the
 * faults of rows->take. */
MUST_USE bool book_sheet_read(struct call *call, const struct book_zip *book, const char *name,
    const struct book_shared *shared, struct book_rows *rows);

#endif

/*
 * Book parts: where in a workbook's archive its sheets, shared strings and styles are.
 */
#ifndef WORKBOOK_BOOK_PARTS_H
#define WORKBOOK_BOOK_PARTS_H

#include "workbook/book_zip.h"

/* The most sheets of a workbook. */
#define BOOK_SHEETS_MAX 1000

/* A sheet. */
struct book_sheet_part {
    const char *name; /* that the user sees */
    const char *file; /* in the archive; NULL if it is no sheet of cells, such as a chart */
    bool hidden;
};

/* The parts of a workbook; texts are in call->arena. */
struct book_parts {
    struct book_sheet_part sheets[BOOK_SHEETS_MAX]; /* in the order of their tabs */
    size_t count;
    const char *strings, *styles; /* files in the archive; NULL if there is none */
    bool from_1904; /* see struct book_styles */
};

/* Find the parts of a workbook. FAULT_BAD_TYPE if the archive is no Excel workbook; FAULT_BAD_INPUT
 * if it is damaged; FAULT_TOO_LARGE if it has more than BOOK_SHEETS_MAX sheets. */
MUST_USE bool book_parts_find(
    struct call *call, const struct book_zip *book, struct book_parts *parts);

#endif

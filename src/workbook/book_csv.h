/*
 * Book CSV: reads the rows of a CSV file, by libcsv.
 *
 * The separator (comma, semicolon or tab) is the one that the first lines have most of. The text is
 * UTF-8 or UTF-16 with or without a byte order mark; what is neither is Windows-1252.
 */
#ifndef WORKBOOK_BOOK_CSV_H
#define WORKBOOK_BOOK_CSV_H

#include "workbook/book_row.h"

/* Read the file and pass its rows on. FAULT_BAD_INPUT if it is not text, or has a cell of over 1
 * MiB, as if a quote is not closed; the faults of rows->take. */
MUST_USE bool book_csv_read(struct call *call, int file, int64_t length, struct book_rows *rows);

#endif

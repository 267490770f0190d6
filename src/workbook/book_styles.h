/*
 * Book styles: which number formats of a workbook show dates, as a date is a number in the file.
 */
#ifndef WORKBOOK_BOOK_STYLES_H
#define WORKBOOK_BOOK_STYLES_H

#include "workbook/book_zip.h"

/* The most cell formats of a workbook that are looked at; Excel allows 65,490. */
#define BOOK_STYLES_MAX 65536

/* The cell formats of one workbook. */
struct book_styles {
    bool *is_date; /* by the format's number; NULL if there is none */
    size_t count;
    bool from_1904; /* days are counted from 1904-01-01 instead of 1899-12-30 */
};

/* Read the cell formats from the file `name`; NULL: it has none. FAULT_BAD_INPUT if it is damaged.
 */
MUST_USE bool book_styles_read(
    struct call *call, const struct book_zip *book, const char *name, struct book_styles *styles);

/* Write a cell's number as it is to be read, into `text`: a whole number as its digits, a date as
 * "2026-11-27" or "2026-11-27 14:05:00". `style` is the cell's format; `value` is a number as the
 * file has it; what is none is copied. Returns the length. */
size_t book_styles_number(
    const struct book_styles *styles, size_t style, const char *value, char *text, size_t room);

#endif

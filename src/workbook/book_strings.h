/*
 * Book strings: the texts that the cells of a workbook share, each known by its number.
 *
 * They are in two temporary files, mapped to read them, so the kernel may drop them from memory.
 */
#ifndef WORKBOOK_BOOK_STRINGS_H
#define WORKBOOK_BOOK_STRINGS_H

#include <stdio.h>

#include "workbook/book_zip.h"

/* The shared texts of one workbook. */
struct book_strings {
    FILE *texts, *offsets; /* while they are written: NUL-terminated texts, and where each begins */
    uint64_t length; /* bytes of `texts` */
    uint64_t count; /* texts */
    const char *mapped_texts; /* when they are complete; NULL if there is none */
    const uint64_t *mapped_offsets;
};

/* Read the shared strings of the workbook from the file `name`; NULL: it has none. FAULT_BAD_INPUT
 * if it is damaged; FAULT_INTERNAL if a temporary file can't be written. */
MUST_USE bool book_strings_read(
    struct call *call, const struct book_zip *book, const char *name, struct book_strings *strings);

/* The text with this number, from 0; NULL if there is none. It lives as long as `strings`: until
 * the end of the call (unit of work, base/call.h) that has read them. */
const char *book_strings_get(const struct book_strings *strings, uint64_t number);

#endif

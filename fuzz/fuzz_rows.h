/*
 * Fuzz rows: what must hold for every row that is read from a file, whatever the file is.
 */
#ifndef FUZZ_FUZZ_ROWS_H
#define FUZZ_FUZZ_ROWS_H

#include <assert.h>
#include <string.h>

#include "fuzz.h"
#include "workbook/workbook.h"

/* Assert that a row is well-formed. */
static inline bool fuzz_check_row(struct call *call, void *context, const struct workbook_row *row)
{
    (void)call, (void)context;
    assert(row->sheet && fuzz_is_utf8(row->sheet));
    assert(row->number >= 1 && row->count <= WORKBOOK_COLUMNS_MAX);
    for (size_t i = 0; i < WORKBOOK_COLUMNS_MAX; i++) {
        assert(strlen(row->cells[i]) <= WORKBOOK_CELL_MAX && fuzz_is_utf8(row->cells[i]));
        assert(i < row->count || !*row->cells[i]);
    }
    assert(!row->count || *row->cells[row->count - 1]);
    return true;
}

/* Read the file and check its rows, and the fault if it can't be read. */
static inline void fuzz_read_rows(struct call *call, int file, int64_t length)
{
    if (!workbook_read(call, file, length, fuzz_check_row, NULL))
        fuzz_check_fault(call);
}

#endif

#include "workbook/book_row.h"

#include <string.h>

#include "base/text.h"

void book_row_begin(struct book_rows *rows, int64_t number)
{
    for (size_t i = 0; i < WORKBOOK_COLUMNS_MAX; i++)
        rows->row.cells[i] = "";
    rows->row.number = number;
    rows->row.count = 0;
    rows->used = 0;
}

static bool book_is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Also without the no-break spaces that are pasted from web pages. */
static const char *book_trim(const char *bytes, size_t *length)
{
    size_t count = *length;

    for (bool more = true; more;) {
        const size_t before = count;

        if (count && book_is_blank(bytes[0]))
            bytes++, count--;
        if (count && book_is_blank(bytes[count - 1]))
            count--;
        if (count >= 2 && memcmp(bytes, "\xc2\xa0", 2) == 0)
            bytes += 2, count -= 2;
        if (count >= 2 && memcmp(bytes + count - 2, "\xc2\xa0", 2) == 0)
            count -= 2;
        more = count != before;
    }
    *length = count;
    return bytes;
}

void book_row_set(struct book_rows *rows, size_t column, const char *bytes, size_t length)
{
    bytes = book_trim(bytes, &length);
    if (column >= WORKBOOK_COLUMNS_MAX || !length || *rows->row.cells[column])
        return;

    const bool is_cut = length > WORKBOOK_CELL_MAX;
    char *cell = rows->text + rows->used;

    length = is_cut ? WORKBOOK_CELL_MAX : length;
    memcpy(cell, bytes, length);
    cell[length] = '\0';
    if (is_cut)
        text_drop_partial_character(cell);

    rows->used += length + 1;
    rows->row.cells[column] = cell;
    if (rows->row.count <= column)
        rows->row.count = column + 1;
}

bool book_row_end(struct call *call, struct book_rows *rows)
{
    return rows->take(call, rows->context, &rows->row);
}

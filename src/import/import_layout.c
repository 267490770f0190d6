#include "import/import_layout.h"

#include <ctype.h>
#include <string.h>

/* Names with other characters than letters and digits left out, in lower case, are looked up here.
 */
struct import_heading {
    const char *name;
    enum import_column column;
    unsigned kinds; /* bits: in which kinds of imports */
};

#define OF(kind) (1U << (kind))
#define OF_ROWS (OF(IMPORT_CHILDREN) | OF(IMPORT_BILL_BAGS))
#define OF_BAGS (OF(IMPORT_BAGS) | OF_ROWS)

#define IMPORT_HEADING_MAX 40

static const struct import_heading import_headings[] = {
    { "sno", IMPORT_SERIAL, OF_ROWS },
    { "srno", IMPORT_SERIAL, OF_ROWS },
    { "slno", IMPORT_SERIAL, OF_ROWS },
    { "serial", IMPORT_SERIAL, OF_ROWS },
    { "serialno", IMPORT_SERIAL, OF_ROWS },
    { "serialnumber", IMPORT_SERIAL, OF_ROWS },
    { "sr", IMPORT_SERIAL, OF_ROWS },
    { "no", IMPORT_SERIAL, OF_ROWS },
    { "number", IMPORT_SERIAL, OF_ROWS },
    { "qr", IMPORT_CODE, OF_BAGS },
    { "qrid", IMPORT_CODE, OF_BAGS },
    { "qrcode", IMPORT_CODE, OF_BAGS },
    { "code", IMPORT_CODE, OF_BAGS | OF(IMPORT_BILLS) },
    { "bag", IMPORT_CODE, OF_BAGS },
    { "bagid", IMPORT_CODE, OF_BAGS },
    { "bagno", IMPORT_CODE, OF_BAGS },
    { "bagcode", IMPORT_CODE, OF_BAGS },
    { "barcode", IMPORT_CODE, OF_BAGS },
    { "label", IMPORT_CODE, OF_BAGS },
    { "labelno", IMPORT_CODE, OF_BAGS },
    { "labelnumber", IMPORT_CODE, OF_BAGS },
    { "type", IMPORT_TYPE, OF(IMPORT_BAGS) },
    { "bagtype", IMPORT_TYPE, OF(IMPORT_BAGS) },
    { "kind", IMPORT_TYPE, OF(IMPORT_BAGS) },
    { "parent", IMPORT_PARENT, OF(IMPORT_BAGS) },
    { "parentqr", IMPORT_PARENT, OF(IMPORT_BAGS) },
    { "parentqrid", IMPORT_PARENT, OF(IMPORT_BAGS) },
    { "parentcode", IMPORT_PARENT, OF(IMPORT_BAGS) },
    { "parentbag", IMPORT_PARENT, OF(IMPORT_BAGS) },
    { "parentid", IMPORT_PARENT, OF(IMPORT_BAGS) },
    { "bill", IMPORT_CODE, OF(IMPORT_BILLS) },
    { "billid", IMPORT_CODE, OF(IMPORT_BILLS) },
    { "billno", IMPORT_CODE, OF(IMPORT_BILLS) },
    { "billnumber", IMPORT_CODE, OF(IMPORT_BILLS) },
    { "billcode", IMPORT_CODE, OF(IMPORT_BILLS) },
    { "description", IMPORT_DESCRIPTION, OF(IMPORT_BILLS) },
    { "details", IMPORT_DESCRIPTION, OF(IMPORT_BILLS) },
    { "remarks", IMPORT_DESCRIPTION, OF(IMPORT_BILLS) },
    { "parentbagcount", IMPORT_CAPACITY, OF(IMPORT_BILLS) },
    { "parents", IMPORT_CAPACITY, OF(IMPORT_BILLS) },
    { "parentbags", IMPORT_CAPACITY, OF(IMPORT_BILLS) },
    { "capacity", IMPORT_CAPACITY, OF(IMPORT_BILLS) },
};

/* The places without headings. */
static const int import_places[IMPORT_KIND_COUNT][IMPORT_COLUMN_COUNT] = {
    [IMPORT_BAGS] = { -1, 0, 1, 2, -1, -1 },
    [IMPORT_CHILDREN] = { 0, 1, -1, -1, -1, -1 },
    [IMPORT_BILL_BAGS] = { 0, 1, -1, -1, -1, -1 },
    [IMPORT_BILLS] = { -1, 0, -1, -1, 1, 2 },
};

void import_layout_reset(struct import_layout *layout, enum import_kind kind)
{
    layout->kind = kind;
    memcpy(layout->columns, import_places[kind], sizeof layout->columns);
}

/* "Sr. No." is "srno". */
static void import_layout_plain(const char *cell, char plain[IMPORT_HEADING_MAX])
{
    size_t length = 0;

    for (; *cell && length < IMPORT_HEADING_MAX - 1; cell++)
        if (isalnum((unsigned char)*cell))
            plain[length++] = (char)tolower((unsigned char)*cell);
    plain[length] = '\0';
}

static const struct import_heading *import_layout_find(enum import_kind kind, const char *cell)
{
    char plain[IMPORT_HEADING_MAX];

    import_layout_plain(cell, plain);
    for (size_t i = 0; i < COUNT_OF(import_headings); i++)
        if (import_headings[i].kinds & OF(kind) && strcmp(import_headings[i].name, plain) == 0)
            return &import_headings[i];
    return NULL;
}

bool import_layout_take_headings(struct import_layout *layout, const struct workbook_row *row)
{
    int columns[IMPORT_COLUMN_COUNT];

    for (size_t i = 0; i < IMPORT_COLUMN_COUNT; i++)
        columns[i] = -1;
    for (size_t i = 0; i < row->count; i++) {
        const struct import_heading *heading = import_layout_find(layout->kind, row->cells[i]);

        if (heading && columns[heading->column] < 0)
            columns[heading->column] = (int)i;
    }
    if (columns[IMPORT_CODE] < 0)
        return false;

    memcpy(layout->columns, columns, sizeof columns);
    return true;
}

const char *import_layout_cell(
    const struct import_layout *layout, const struct workbook_row *row, enum import_column column)
{
    const int place = layout->columns[column];

    return place < 0 ? "" : row->cells[place];
}

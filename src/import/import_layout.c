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

#define IN_KIND(kind) (1U << (kind))
#define IN_ROWS (IN_KIND(IMPORT_CHILDREN) | IN_KIND(IMPORT_BILL_BAGS))
#define IN_BAGS (IN_KIND(IMPORT_BAGS) | IN_ROWS)

#define IMPORT_HEADING_MAX 40

static const struct import_heading import_headings[] = {
    { "sno", IMPORT_SERIAL, IN_ROWS },
    { "srno", IMPORT_SERIAL, IN_ROWS },
    { "slno", IMPORT_SERIAL, IN_ROWS },
    { "serial", IMPORT_SERIAL, IN_ROWS },
    { "serialno", IMPORT_SERIAL, IN_ROWS },
    { "serialnumber", IMPORT_SERIAL, IN_ROWS },
    { "sr", IMPORT_SERIAL, IN_ROWS },
    { "no", IMPORT_SERIAL, IN_ROWS },
    { "number", IMPORT_SERIAL, IN_ROWS },
    { "qr", IMPORT_CODE, IN_BAGS },
    { "qrid", IMPORT_CODE, IN_BAGS },
    { "qrcode", IMPORT_CODE, IN_BAGS },
    { "code", IMPORT_CODE, IN_BAGS | IN_KIND(IMPORT_BILLS) },
    { "bag", IMPORT_CODE, IN_BAGS },
    { "bagid", IMPORT_CODE, IN_BAGS },
    { "bagno", IMPORT_CODE, IN_BAGS },
    { "bagcode", IMPORT_CODE, IN_BAGS },
    { "barcode", IMPORT_CODE, IN_BAGS },
    { "label", IMPORT_CODE, IN_BAGS },
    { "labelno", IMPORT_CODE, IN_BAGS },
    { "labelnumber", IMPORT_CODE, IN_BAGS },
    { "type", IMPORT_TYPE, IN_KIND(IMPORT_BAGS) },
    { "bagtype", IMPORT_TYPE, IN_KIND(IMPORT_BAGS) },
    { "kind", IMPORT_TYPE, IN_KIND(IMPORT_BAGS) },
    { "parent", IMPORT_PARENT, IN_KIND(IMPORT_BAGS) },
    { "parentqr", IMPORT_PARENT, IN_KIND(IMPORT_BAGS) },
    { "parentqrid", IMPORT_PARENT, IN_KIND(IMPORT_BAGS) },
    { "parentcode", IMPORT_PARENT, IN_KIND(IMPORT_BAGS) },
    { "parentbag", IMPORT_PARENT, IN_KIND(IMPORT_BAGS) },
    { "parentid", IMPORT_PARENT, IN_KIND(IMPORT_BAGS) },
    { "bill", IMPORT_CODE, IN_KIND(IMPORT_BILLS) },
    { "billid", IMPORT_CODE, IN_KIND(IMPORT_BILLS) },
    { "billno", IMPORT_CODE, IN_KIND(IMPORT_BILLS) },
    { "billnumber", IMPORT_CODE, IN_KIND(IMPORT_BILLS) },
    { "billcode", IMPORT_CODE, IN_KIND(IMPORT_BILLS) },
    { "description", IMPORT_DESCRIPTION, IN_KIND(IMPORT_BILLS) },
    { "details", IMPORT_DESCRIPTION, IN_KIND(IMPORT_BILLS) },
    { "remarks", IMPORT_DESCRIPTION, IN_KIND(IMPORT_BILLS) },
    { "parentbagcount", IMPORT_CAPACITY, IN_KIND(IMPORT_BILLS) },
    { "parents", IMPORT_CAPACITY, IN_KIND(IMPORT_BILLS) },
    { "parentbags", IMPORT_CAPACITY, IN_KIND(IMPORT_BILLS) },
    { "capacity", IMPORT_CAPACITY, IN_KIND(IMPORT_BILLS) },
};

/* The places without headings. */
static const int import_places[IMPORT_KIND_COUNT][IMPORT_COLUMN_COUNT] = {
    [IMPORT_BAGS] = { -1, 0, 1, 2, -1, -1 },
    [IMPORT_CHILDREN] = { 0, 1, -1, -1, -1, -1 },
    [IMPORT_BILL_BAGS] = { 0, 1, -1, -1, -1, -1 },
    [IMPORT_BILLS] = { -1, 0, -1, -1, 1, 2 },
};

static const struct import_template import_templates[IMPORT_KIND_COUNT] = {
    [IMPORT_BAGS] = { { "qr_id", "type", "parent_qr_id" },
        { IMPORT_CODE, IMPORT_TYPE, IMPORT_PARENT } },
    [IMPORT_CHILDREN] = { { "Sr. No.", "QR Code" }, { IMPORT_SERIAL, IMPORT_CODE } },
    [IMPORT_BILL_BAGS] = { { "Sr. No.", "QR Code" }, { IMPORT_SERIAL, IMPORT_CODE } },
    [IMPORT_BILLS] = { { "bill_id", "description", "parent_bag_count" },
        { IMPORT_CODE, IMPORT_DESCRIPTION, IMPORT_CAPACITY } },
};

const struct import_template *import_template_of(enum import_kind kind)
{
    return &import_templates[kind];
}

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
        if (import_headings[i].kinds & IN_KIND(kind) && strcmp(import_headings[i].name, plain) == 0)
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

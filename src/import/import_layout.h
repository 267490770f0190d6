/*
 * Import layout: which column of a sheet is what.
 *
 * A row of headings says so, in any order, with any of the usual names and in any case. Without
 * headings the columns are those that product and templates have: for children and bills' bags a
 * serial number and a code, for bags and bills their code first.
 */
#ifndef IMPORT_IMPORT_LAYOUT_H
#define IMPORT_IMPORT_LAYOUT_H

#include "import/import.h"
#include "workbook/workbook.h"

/* What a column may be. */
enum import_column {
    IMPORT_SERIAL, /* a serial number, or a word such as "Parent code" that says what the row is */
    IMPORT_CODE, /* of a bag, or of a bill */
    IMPORT_TYPE, /* "parent" or "child" */
    IMPORT_PARENT, /* code of the parent that a child is in */
    IMPORT_DESCRIPTION, /* of a bill */
    IMPORT_CAPACITY, /* of a bill, in parents */
    IMPORT_COLUMN_COUNT /* how many values there are */
};

/* The columns of one sheet. */
struct import_layout {
    enum import_kind kind;
    int columns[IMPORT_COLUMN_COUNT]; /* number of each column, from 0; -1: the sheet has none */
};

/* Set the columns that a sheet without headings has. Called at the beginning of each sheet. */
void import_layout_reset(struct import_layout *layout, enum import_kind kind);

/* Whether the row is one of headings; if so, the layout's columns are those that it names. */
bool import_layout_take_headings(struct import_layout *layout, const struct workbook_row *row);

/* The columns of a kind's template in their order: their headings, and what they are. Those behind
 * the last have the heading NULL. */
struct import_template {
    const char *headings[3];
    enum import_column columns[3];
};

/* The template of a kind. A constant. */
const struct import_template *import_template_of(enum import_kind kind);

/* The text of a row in this column; "" if there is none. Valid as long as the row. */
const char *import_layout_cell(
    const struct import_layout *layout, const struct workbook_row *row, enum import_column column);

#endif

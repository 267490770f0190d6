#include "workbook/book_sheet.h"

#include <stdlib.h>
#include <string.h>

/* Rows and columns of a sheet, at most (Excel's limits). */
#define BOOK_ROWS_MAX 1048576
#define BOOK_COLUMNS_MAX 16384

/* What a cell's value is; a letter or word in the file. */
enum book_cell { BOOK_CELL_NUMBER, BOOK_CELL_SHARED, BOOK_CELL_TEXT, BOOK_CELL_TRUTH };

/* The parser's state. */
struct book_sheet_xml {
    struct book_xml xml; /* first: see struct book_xml */
    const struct book_shared *shared;
    struct book_rows *rows;
    int64_t row; /* number of the present or last row */
    bool in_row;
    size_t column; /* of the next cell that does not say its place */
    enum book_cell kind;
    size_t style;
    bool in_value, in_phonetic;
    char text[WORKBOOK_CELL_MAX + 4]; /* of the present cell; + 4 so that a cut shows */
    size_t length;
};

static void book_sheet_row(struct book_sheet_xml *state, const XML_Char **attributes)
{
    const char *number = book_xml_attribute(attributes, "r");
    const long long given = number ? strtoll(number, NULL, 10) : 0;

    state->row = given >= 1 && given <= BOOK_ROWS_MAX ? given : state->row + 1;
    state->column = 0;
    state->in_row = true;
    book_row_begin(state->rows, state->row);
}

/* The column of a place such as "AB12", from 0; what is none is the next one. */
static size_t book_sheet_column(const char *place, size_t next)
{
    size_t column = 0;

    if (!place || *place < 'A' || *place > 'Z')
        return next;
    for (; *place >= 'A' && *place <= 'Z' && column <= BOOK_COLUMNS_MAX; place++)
        column = column * 26 + (size_t)(*place - 'A') + 1;
    return column - 1;
}

static enum book_cell book_sheet_kind(const char *type)
{
    if (!type || strcmp(type, "n") == 0)
        return BOOK_CELL_NUMBER;
    if (strcmp(type, "s") == 0)
        return BOOK_CELL_SHARED;
    return strcmp(type, "b") == 0 ? BOOK_CELL_TRUTH : BOOK_CELL_TEXT;
}

static void book_sheet_cell(struct book_sheet_xml *state, const XML_Char **attributes)
{
    const char *style = book_xml_attribute(attributes, "s");

    state->column = book_sheet_column(book_xml_attribute(attributes, "r"), state->column);
    state->kind = book_sheet_kind(book_xml_attribute(attributes, "t"));
    state->style = style ? strtoul(style, NULL, 10) : 0;
    state->length = 0;
}

static void book_sheet_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct book_sheet_xml *state = context;
    const char *local = book_xml_local(name);

    if (strcmp(local, "row") == 0)
        book_sheet_row(state, attributes);
    else if (strcmp(local, "c") == 0)
        book_sheet_cell(state, attributes);
    else if (strcmp(local, "rPh") == 0)
        state->in_phonetic = true;
    else if (strcmp(local, "v") == 0 || strcmp(local, "t") == 0)
        state->in_value = !state->in_phonetic;
}

static void book_sheet_text(void *context, const XML_Char *bytes, int length)
{
    struct book_sheet_xml *state = context;
    const size_t room = sizeof state->text - 1 - state->length;
    const size_t count = (size_t)length < room ? (size_t)length : room;

    if (!state->in_value)
        return;
    memcpy(state->text + state->length, bytes, count);
    state->length += count;
}

static void book_sheet_set(struct book_sheet_xml *state, const char *text, size_t length)
{
    book_row_set(state->rows, state->column, text, length);
}

/* A number that is no shared string of this workbook is a damaged file, not an empty cell. */
static void book_sheet_set_shared(struct book_sheet_xml *state)
{
    const char *text = book_strings_get(&state->shared->strings, strtoull(state->text, NULL, 10));

    if (text) {
        book_sheet_set(state, text, strlen(text));
        return;
    }
    fail_because(state->xml.call, FILE_DAMAGED, .what = "sharedStrings");
    book_xml_stop(&state->xml);
}

static void book_sheet_end_cell(struct book_sheet_xml *state)
{
    char number[64];

    state->text[state->length] = '\0';
    if (state->length && state->kind == BOOK_CELL_SHARED)
        book_sheet_set_shared(state);
    else if (state->length && state->kind == BOOK_CELL_NUMBER)
        book_sheet_set(state, number,
            book_styles_number(
                &state->shared->styles, state->style, state->text, number, sizeof number));
    else if (state->length && state->kind == BOOK_CELL_TRUTH)
        book_sheet_set(state, *state->text == '0' ? "FALSE" : "TRUE", *state->text == '0' ? 5 : 4);
    else
        book_sheet_set(state, state->text, state->length);
    state->column++;
}

static void book_sheet_end_row(struct book_sheet_xml *state)
{
    state->in_row = false;
    if (!book_row_end(state->xml.call, state->rows))
        book_xml_stop(&state->xml);
}

static void book_sheet_end(void *context, const XML_Char *name)
{
    struct book_sheet_xml *state = context;
    const char *local = book_xml_local(name);

    if (strcmp(local, "row") == 0 && state->in_row)
        book_sheet_end_row(state);
    else if (strcmp(local, "c") == 0 && state->in_row)
        book_sheet_end_cell(state);
    else if (strcmp(local, "rPh") == 0)
        state->in_phonetic = false;
    else if (strcmp(local, "v") == 0 || strcmp(local, "t") == 0)
        state->in_value = false;
}

bool book_sheet_read(struct call *call, const struct book_zip *book, const char *name,
    const struct book_shared *shared, struct book_rows *rows)
{
    struct book_sheet_xml state = {
        .xml = { book_sheet_start, book_sheet_end, book_sheet_text, &state, NULL, NULL },
        .shared = shared,
        .rows = rows,
    };

    return book_zip_parse(call, book, name, &state.xml);
}

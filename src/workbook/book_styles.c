#include "workbook/book_styles.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Formats of a workbook's own, which have the numbers from 164 on. */
#define BOOK_FORMATS_MAX 1000

/* From 1970-01-01 back to the days that a workbook counts from. */
#define BOOK_DAYS_1899 25569
#define BOOK_DAYS_1904 24107
/* Days of the year 9999 are the last ones that a spreadsheet program knows. */
#define BOOK_DAYS_MAX 2958465
#define BOOK_DAY_SECONDS 86400

/* The parser's state. */
struct book_styles_xml {
    struct book_xml xml; /* first: see struct book_xml */
    struct book_styles *styles;
    long dates[BOOK_FORMATS_MAX]; /* numbers of the workbook's own formats that show dates */
    size_t dates_count;
    bool in_cells; /* in the list of cell formats */
};

/* Formats that every spreadsheet program knows (ECMA-376, part 1, 18.8.30). */
static bool book_format_is_date(long format)
{
    return (format >= 14 && format <= 22) || (format >= 27 && format <= 36)
        || (format >= 45 && format <= 47) || (format >= 50 && format <= 58);
}

/* Whether a format such as "dd/mm/yyyy" has letters of a date, outside quotes and [colours]. */
static bool book_code_is_date(const char *code)
{
    char quote = '\0';

    for (; *code; code++) {
        if (quote)
            quote = *code == quote ? '\0' : quote;
        else if (*code == '"')
            quote = '"';
        else if (*code == '[')
            quote = ']';
        else if (*code == '\\' && code[1])
            code++;
        else if (strchr("dmyhsDMYHS", *code))
            return true;
    }
    return false;
}

static void book_styles_own(struct book_styles_xml *state, const XML_Char **attributes)
{
    const char *id = book_xml_attribute(attributes, "numFmtId");
    const char *code = book_xml_attribute(attributes, "formatCode");

    if (id && code && state->dates_count < BOOK_FORMATS_MAX && book_code_is_date(code))
        state->dates[state->dates_count++] = strtol(id, NULL, 10);
}

static bool book_styles_has(const struct book_styles_xml *state, long format)
{
    for (size_t i = 0; i < state->dates_count; i++)
        if (state->dates[i] == format)
            return true;
    return false;
}

static void book_styles_cell(struct book_styles_xml *state, const XML_Char **attributes)
{
    struct book_styles *styles = state->styles;
    const char *id = book_xml_attribute(attributes, "numFmtId");
    const long format = id ? strtol(id, NULL, 10) : 0;

    if (styles->count < BOOK_STYLES_MAX)
        styles->is_date[styles->count++] =
            book_format_is_date(format) || book_styles_has(state, format);
}

static void book_styles_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct book_styles_xml *state = context;
    const char *local = book_xml_local(name);

    if (strcmp(local, "numFmt") == 0)
        book_styles_own(state, attributes);
    else if (strcmp(local, "cellXfs") == 0)
        state->in_cells = true;
    else if (state->in_cells && strcmp(local, "xf") == 0)
        book_styles_cell(state, attributes);
}

static void book_styles_end(void *context, const XML_Char *name)
{
    struct book_styles_xml *state = context;

    if (strcmp(book_xml_local(name), "cellXfs") == 0)
        state->in_cells = false;
}

bool book_styles_read(
    struct call *call, const struct book_zip *book, const char *name, struct book_styles *styles)
{
    struct book_styles_xml *state = NEW(&call->arena, struct book_styles_xml);

    styles->count = 0;
    styles->is_date = NEW_ARRAY(&call->arena, bool, BOOK_STYLES_MAX);
    state->xml = (struct book_xml){ book_styles_start, book_styles_end, NULL, state, NULL, NULL };
    state->styles = styles;
    return !name || book_zip_parse(call, book, name, &state->xml);
}

static size_t book_copy(const char *value, char *text, size_t room)
{
    const int length = snprintf(text, room, "%s", value);

    return (size_t)length < room ? (size_t)length : room - 1;
}

/* To the second, as a spreadsheet program shows it. */
static size_t book_date(const struct book_styles *styles, double days, char *text, size_t room)
{
    const double since = days - (styles->from_1904 ? BOOK_DAYS_1904 : BOOK_DAYS_1899);
    const time_t seconds = (time_t)llround(since * BOOK_DAY_SECONDS);
    struct tm parts;

    if (!gmtime_r(&seconds, &parts))
        return 0;
    return strftime(
        text, room, seconds % BOOK_DAY_SECONDS ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d", &parts);
}

size_t book_styles_number(
    const struct book_styles *styles, size_t style, const char *value, char *text, size_t room)
{
    char *end;
    const double number = strtod(value, &end);

    if (end == value || *end || !isfinite(number))
        return book_copy(value, text, room);
    if (style < styles->count && styles->is_date[style] && number >= 0 && number <= BOOK_DAYS_MAX)
        return book_date(styles, number, text, room);
    if (!value[strcspn(value, "eE.")])
        return book_copy(value, text, room);

    /* 15 digits are what a spreadsheet program knows of a number. */
    const bool is_whole = fabs(number) < 1e15 && trunc(number) == number;
    const int length = snprintf(text, room, is_whole ? "%.0f" : "%.15g", number);

    return (size_t)length < room ? (size_t)length : room - 1;
}

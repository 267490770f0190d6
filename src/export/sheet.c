#include "export/sheet.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* "2026-11-21 11:42:00"; the fraction and the offset that PostgreSQL adds are left out. */
#define TIME_LENGTH 19

static void sheet_set_text(struct cell *cell, const char *text)
{
    cell->kind = text && *text ? CELL_TEXT : CELL_EMPTY;
    cell->text = text;
}

PRINTF(3, 4)
static void set_made(struct cell *cell, enum cell_kind kind, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(cell->room, sizeof cell->room, format, args);
    va_end(args);
    cell->kind = kind;
    cell->text = cell->room;
}

static void set_number(struct cell *cell, int64_t value)
{
    if (value != NO_I64)
        set_made(cell, CELL_NUMBER, "%" PRId64, value);
}

static void set_kg(struct cell *cell, int64_t grams)
{
    if (grams != NO_I64)
        set_made(cell, CELL_NUMBER, "%s%lld.%03lld", grams < 0 ? "-" : "", llabs(grams / 1000),
            llabs(grams % 1000));
}

static void set_time(struct cell *cell, const char *text)
{
    if (text)
        set_made(cell, CELL_TIME, "%.*s", TIME_LENGTH, text);
}

static void sheet_set(struct cell *cell, const struct field *field, const void *record)
{
    const void *member = (const char *)record + field->offset;

    cell->kind = CELL_EMPTY;
    switch (field->type) {
    case FIELD_I64:
        set_number(cell, *(const int64_t *)member);
        return;
    case FIELD_KG:
        set_kg(cell, *(const int64_t *)member);
        return;
    case FIELD_BOOL:
        sheet_set_text(cell, *(const bool *)member ? "yes" : "no");
        return;
    case FIELD_TIME:
        set_time(cell, *(const char *const *)member);
        return;
    case FIELD_TEXT:
    case FIELD_RAW:
        sheet_set_text(cell, *(const char *const *)member);
        return;
    case FIELD_WORD:
        sheet_set_text(cell, word_set_word(field->words, *(const unsigned *)member));
        return;
    case FIELD_ERRORS:
    case FIELD_LIST:
        break;
    }
    abort();
}

bool sheet_write_titles(struct call *call, struct sheet *sheet)
{
    struct cell cells[SHEET_COLUMNS_MAX];

    for (size_t i = 0; i < sheet->count; i++) {
        const struct column *column = &sheet->columns[i];
        const char *title = column->field.type == FIELD_TIME
            ? arena_format(&call->arena, "%s (%s)", column->title, sheet->zone)
            : column->title;

        sheet_set_text(&cells[i], title);
    }
    return sheet->format->row(call, sheet, cells);
}

bool sheet_begin(struct call *call, struct sheet *sheet)
{
    assert(sheet->count && sheet->count <= SHEET_COLUMNS_MAX);
    return sheet->format->begin(call, sheet) && sheet_write_titles(call, sheet);
}

bool sheet_begin_next(struct call *call, struct sheet *sheet)
{
    assert(sheet->count && sheet->count <= SHEET_COLUMNS_MAX && sheet->format->next);
    return sheet->format->next(call, sheet) && sheet_write_titles(call, sheet);
}

bool sheet_write_row(struct call *call, struct sheet *sheet, const void *record)
{
    struct cell cells[SHEET_COLUMNS_MAX];

    for (size_t i = 0; i < sheet->count; i++)
        sheet_set(&cells[i], &sheet->columns[i].field, record);
    return sheet->format->row(call, sheet, cells);
}

bool sheet_end(struct call *call, struct sheet *sheet)
{
    return sheet->format->end(call, sheet);
}

bool sheet_fail(struct call *call, const char *why)
{
    return fail(call, FAULT_INTERNAL, "can't write an export: %s", why);
}

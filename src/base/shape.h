/*
 * Shape: the description of a record, a struct whose fields are known at run time.
 *
 * It is a table of fields (name, type, offset), written once for each such struct. By it, database
 * rows are read into structs (db/), structs are written as JSON (base/json.h) and JSON requests are
 * read into structs (http/request.h): column, JSON key and struct member have the same name. The
 * macros take the type from the member itself wherever C can tell, so the two can't disagree.
 */
#ifndef BASE_SHAPE_H
#define BASE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/word_set.h"

/* The type of a field: how it is stored in C, and how it is written in JSON and SQL. */
enum field_type {
    FIELD_I64, /* int64_t; NO_I64 is null */
    FIELD_TEXT, /* const char *; NULL is null */
    FIELD_BOOL, /* bool; SQL NULL is read as false */
    FIELD_TIME, /* const char *, PostgreSQL's text of a timestamptz in UTC; JSON has RFC 3339 */
    FIELD_KG, /* int64_t grams; JSON has kilograms, so its name ends in _kg */
    FIELD_RAW, /* const char *, JSON text that is copied unchanged */
    FIELD_WORD, /* an enum; JSON and SQL have its word in a word set; 0 is null */
    /* struct field_error *, only in the items of a list and with no JSON key: the reader stores the
     * item's errors in it instead of failing the request. */
    FIELD_ERRORS,
    FIELD_LIST, /* struct list of records; can only be read from JSON */
};

/* The int64_t that stands for "no value": NULL in SQL, null in JSON. */
#define NO_I64 INT64_MIN

/* An array of records of one type: `items` points to the first of `count`. */
struct list {
    void *items;
    size_t count;
};

/* One field of a shape: describes one member of the struct. Made by the macros below. */
struct field {
    const char *name; /* in JSON and SQL; "": see FIELD_BARE */
    enum field_type type;
    size_t offset; /* of the member in the struct, in bytes */
    bool optional; /* reading JSON: may be missing or null */
    size_t max; /* reading JSON: most bytes of a text, or items of a list; 0 means 200 bytes */
    const struct shape *items; /* FIELD_LIST: the shape of its items */
    const struct word_set *words; /* FIELD_WORD: the words of the enum */
    bool hidden; /* not written to JSON: for internal use only */
    bool trimmed; /* reading JSON: leading and trailing white space is removed (text_trim()) */
};

/* The description of one type of struct. Shapes are constants, made by SHAPE(). */
struct shape {
    size_t size; /* of the struct, in bytes */
    size_t count; /* of the fields */
    const struct field *fields;
};

/* The enum field_type of a member, from its C type: integer, text, bool or list. */
#define FIELD_TYPE(member)                                                                         \
    _Generic((member), int64_t: FIELD_I64, const char *: FIELD_TEXT, bool: FIELD_BOOL,             \
        struct list: FIELD_LIST)

/* FIELD_WORD if the member is an enum (which the compiler treats as unsigned); else an error. */
#define FIELD_ENUM(member) _Generic((member), unsigned : FIELD_WORD)

/* The macros below make one row of a field table: `record` is a struct type, such as struct bill,
 * and `member` its member, whose name is the field's name. */

/* clang-format off */
/* A row of a field table: a field whose type follows from the member. When JSON is read it is
 * required, and its text may have 200 bytes. */
#define FIELD(record, member) \
    { .name = #member, .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member) }

/* A required field whose type follows from the member; its text may have `most` bytes in JSON. */
#define FIELD_MAX(record, member, most) \
    { .name = #member, .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member), \
      .max = (most) }

/* A field that may be missing or null when JSON is read; its text may have `most` bytes there. */
#define FIELD_OPTIONAL(record, member, most) \
    { .name = #member, .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member), \
      .optional = true, .max = (most) }

/* A required text of at most `most` bytes from which the white space around it is removed when it
 * is read from JSON: for typed names and e-mail addresses. */
#define FIELD_TRIMMED(record, member, most) \
    { .name = #member, .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member), \
      .max = (most), .trimmed = true }

/* A text that may be missing or null in JSON; at most `most` bytes, without white space around. */
#define FIELD_TRIMMED_OPTIONAL(record, member, most) \
    { .name = #member, .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member), \
      .optional = true, .max = (most), .trimmed = true }

/* A field whose enum field_type is given as `kind`, as the C type does not tell it: FIELD_TIME,
 * FIELD_KG, FIELD_RAW, FIELD_ERRORS. */
#define FIELD_AS(record, member, kind) \
    { .name = #member, .type = (kind), .offset = offsetof(record, member) }

/* An enum field, written as its word of the struct word_set `set`; required in JSON:
 * FIELD_OF(struct bag, kind, bag_kind_set). */
#define FIELD_OF(record, member, set) \
    { .name = #member, .type = FIELD_ENUM(((record *)0)->member), .offset = offsetof(record, member), \
      .words = &(set) }

/* An enum field, written as its word of the word set `set`; it may be missing or null in JSON. */
#define FIELD_OF_OPTIONAL(record, member, set) \
    { .name = #member, .type = FIELD_ENUM(((record *)0)->member), .offset = offsetof(record, member), \
      .optional = true, .words = &(set) }

/* A field that is read from database rows but not written to JSON: for internal use only. */
#define FIELD_HIDDEN(record, member) \
    { .name = #member, .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member), \
      .hidden = true }

/* A list of at most `most` records, each described by `shape` (a pointer); required in JSON. */
#define FIELD_ITEMS(record, member, most, shape) \
    { .name = #member, .type = FIELD_LIST, .offset = offsetof(record, member), \
      .max = (most), .items = (shape) }

/* The only field of the items of a JSON list if these are plain values, not objects, such as the
 * texts in {"children": ["A-1", "A-2"]}. A text may have `most` bytes. */
#define FIELD_BARE(record, member, most) \
    { .name = "", .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member), \
      .max = (most) }

/* Initialises a struct shape: `record` is the struct type, `table` the array of its fields. */
#define SHAPE(record, table) \
    { sizeof(record), sizeof(table) / sizeof(table)[0], table }
/* clang-format on */

#endif

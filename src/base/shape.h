/*
 * Shape: the description of a record, written once.
 *
 * One field table per struct is used for rows to structs (db/), structs to JSON (base/json.h) and
 * JSON to structs (http/request.h), matched by name. The type is taken from the member itself
 * wherever C can tell, so a field can't disagree with its struct.
 */
#ifndef BASE_SHAPE_H
#define BASE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/word_set.h"

/* How a member of a record is stored in C, and what it is in JSON and SQL. */
enum field_type {
    FIELD_I64, /* int64_t; NO_I64 is null */
    FIELD_TEXT, /* const char *; NULL is null */
    FIELD_BOOL,
    FIELD_TIME, /* const char *, PostgreSQL's text of a timestamptz in UTC; JSON has RFC 3339 */
    FIELD_KG, /* int64_t grams; JSON has kilograms; the names of member and field end in _kg */
    FIELD_RAW, /* const char *, JSON text that is copied unchanged */
    FIELD_WORD, /* an enum; JSON and SQL have its word in the set; 0 is null */
    FIELD_ERRORS, /* struct field_error *; of a list's item: what is wrong with it, and with no
                     other item */
    FIELD_LIST, /* struct list of records; can only be read from JSON */
};

/* An integer without a value: SQL NULL, JSON null. */
#define NO_I64 INT64_MIN

/* An array of records: `items` points to the first of `count`. */
struct list {
    void *items;
    size_t count;
};

/* One member of a record: its name in JSON and SQL, its type, and where it is in the struct. */
struct field {
    const char *name;
    enum field_type type;
    size_t offset;
    bool optional; /* reading JSON: may be missing or null */
    size_t max; /* reading JSON: most bytes of a text, or items of a list; 0 means 200 bytes */
    const struct shape *items; /* FIELD_LIST */
    const struct word_set *words; /* FIELD_WORD */
    bool hidden; /* JSON out: ours alone */
    bool trimmed; /* reading JSON: without blanks around it, see text_trim() */
};

/* The description of a record: its size and its fields. */
struct shape {
    size_t size; /* of the record */
    size_t count;
    const struct field *fields;
};

#define FIELD_TYPE(member)                                                                         \
    _Generic((member), int64_t: FIELD_I64, const char *: FIELD_TEXT, bool: FIELD_BOOL,             \
        struct list: FIELD_LIST)

/* The compiler treats an enum without negative values as unsigned. */
#define FIELD_ENUM(member) _Generic((member), unsigned : FIELD_WORD)

/* clang-format off */
#define FIELD(record, member) \
    { .name = #member, .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member) }
#define FIELD_MAX(record, member, most) \
    { .name = #member, .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member), \
      .max = (most) }
#define FIELD_OPTIONAL(record, member, most) \
    { .name = #member, .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member), \
      .optional = true, .max = (most) }
/* What people type, and phones complete: a name, an e-mail address. */
#define FIELD_TRIMMED(record, member, most) \
    { .name = #member, .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member), \
      .max = (most), .trimmed = true }
#define FIELD_TRIMMED_OPTIONAL(record, member, most) \
    { .name = #member, .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member), \
      .optional = true, .max = (most), .trimmed = true }
#define FIELD_AS(record, member, kind) \
    { .name = #member, .type = (kind), .offset = offsetof(record, member) }
#define FIELD_OF(record, member, set) \
    { .name = #member, .type = FIELD_ENUM(((record *)0)->member), .offset = offsetof(record, member), \
      .words = &(set) }
#define FIELD_OF_OPTIONAL(record, member, set) \
    { .name = #member, .type = FIELD_ENUM(((record *)0)->member), .offset = offsetof(record, member), \
      .optional = true, .words = &(set) }
#define FIELD_HIDDEN(record, member) \
    { .name = #member, .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member), \
      .hidden = true }
#define FIELD_ITEMS(record, member, most, shape) \
    { .name = #member, .type = FIELD_LIST, .offset = offsetof(record, member), \
      .max = (most), .items = (shape) }
/* For lists of plain values, {"children": ["A-1", "A-2"]}: the only field of an item. */
#define FIELD_BARE(record, member, most) \
    { .name = "", .type = FIELD_TYPE(((record *)0)->member), .offset = offsetof(record, member), \
      .max = (most) }
#define SHAPE(record, table) \
    { sizeof(record), sizeof(table) / sizeof(table)[0], table }
/* clang-format on */

#endif

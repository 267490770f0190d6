/*
 * JSON writer: builds a JSON text in an arena (memory that is freed all at once; base/arena.h).
 *
 * The functions append to the text and put commas where they belong: the caller only adds the next
 * key or value. Texts are escaped; they must be valid UTF-8, which http/request.h and PostgreSQL
 * ensure. A record is a struct that a shape (base/shape.h) describes field by field. JSON is not
 * read here, but by the library jansson.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/shape.h"

/* A JSON text that is being written; made by json_new(). */
struct json {
    struct arena *arena; /* where the text is kept */
    char *text; /* NUL-terminated; NULL until something is written */
    size_t length, room; /* bytes written, and bytes allocated */
    bool comma; /* the next value on this level needs a comma before it */
};

/* Begin a new JSON text, which is kept in the arena. */
struct json json_new(struct arena *arena);

/* Open an object or an array; `bracket` is '{' or '['. */
void json_open(struct json *json, char bracket);

/* Close an object or an array; `bracket` is '}' or ']'. */
void json_close(struct json *json, char bracket);

/* Append a key of the open object; its value must follow. */
void json_key(struct json *json, const char *key);

/* Append a string, escaped; NULL is written as null. */
void json_text(struct json *json, const char *value);

/* Append an integer; NO_I64 (no value) is written as null. */
void json_i64(struct json *json, int64_t value);

/* Append true or false. */
void json_bool(struct json *json, bool value);

/* Append a time as a string in RFC 3339 form, from PostgreSQL's text of a timestamptz in UTC; NULL
 * is written as null. */
void json_time(struct json *json, const char *timestamptz);

/* Append a weight given in grams as a number of kilograms; NO_I64 (no value) is written as null. */
void json_kg(struct json *json, int64_t grams);

/* Append a text that is JSON already, unchanged and unchecked; NULL is written as null. */
void json_raw(struct json *json, const char *text);

/* Append the fields of a record as "key": value, without brackets, so that the caller can add more
 * to the open object. Hidden fields of the shape are left out. */
void json_fields(struct json *json, const struct shape *shape, const void *record);

/* Append a record as an object, by its shape. Hidden fields of the shape are left out. */
void json_record(struct json *json, const struct shape *shape, const void *record);

/* Append "key": "value" to the open object; a NULL value is written as null. */
void json_put_text(struct json *json, const char *key, const char *value);

/* Append "key": number to the open object; NO_I64 (no value) is written as null. */
void json_put_i64(struct json *json, const char *key, int64_t value);

/* Append "key": true or "key": false to the open object. */
void json_put_bool(struct json *json, const char *key, bool value);

/* Append "key": kilograms to the open object, from a weight in grams; NO_I64 is written as null. */
void json_put_kg(struct json *json, const char *key, int64_t grams);

#endif

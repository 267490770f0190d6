/*
 * Json: writes JSON text into an arena.
 *
 * The functions put commas where they belong; the caller only adds the next key or value. Text is
 * escaped and must be valid UTF-8, which http/request.h and PostgreSQL ensure. JSON is read by
 * jansson, behind http/request.h and base/words.h.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/shape.h"

/* A JSON text that is being written. */
struct json {
    struct arena *arena;
    char *text; /* NUL-terminated as soon as something was written */
    size_t length, room;
    bool comma; /* the next value on this level needs a comma */
};

/* A writer for a new text in the arena. */
struct json json_new(struct arena *arena);

void json_open(struct json *json, char bracket); /* '{' or '[' */
void json_close(struct json *json, char bracket); /* '}' or ']' */
void json_key(struct json *json, const char *key);

void json_text(struct json *json, const char *value); /* NULL is null */
void json_i64(struct json *json, int64_t value); /* NO_I64 is null */
void json_bool(struct json *json, bool value);
void json_time(
    struct json *json, const char *timestamptz); /* PostgreSQL's text, UTC, as RFC 3339 */
void json_kg(struct json *json, int64_t grams); /* as kilograms; NO_I64 is null */
void json_raw(struct json *json, const char *text); /* trusted JSON; NULL is null */

/*
 * json_record() writes a record as an object; json_fields() writes only its members, without the
 * brackets, so that more members can be added.
 */
void json_fields(struct json *json, const struct shape *shape, const void *record);
void json_record(struct json *json, const struct shape *shape, const void *record);

/* "key": value in one call. */
void json_put_text(struct json *json, const char *key, const char *value);

/* "key": number; NO_I64 is null. */
void json_put_i64(struct json *json, const char *key, int64_t value);

/* "key": true or false. */
void json_put_bool(struct json *json, const char *key, bool value);

/* "key": kilograms, of a weight in grams; NO_I64 is null. */
void json_put_kg(struct json *json, const char *key, int64_t grams);

#endif

#include "base/json.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct json json_new(struct arena *arena)
{
    return (struct json){ .arena = arena };
}

static char *json_make_room(struct json *json, size_t more)
{
    const size_t need = json->length + more + 1;

    if (need > json->room) {
        const size_t room = need > 256 ? need * 2 : 256;
        char *text = arena_alloc(json->arena, room, 1);

        if (json->length)
            memcpy(text, json->text, json->length);
        json->text = text;
        json->room = room;
    }
    return json->text + json->length;
}

static void json_put(struct json *json, const char *bytes, size_t length)
{
    memcpy(json_make_room(json, length), bytes, length);
    json->length += length;
    json->text[json->length] = '\0';
}

static void put_comma(struct json *json)
{
    if (json->comma)
        json_put(json, ",", 1);
    json->comma = true;
}

void json_open(struct json *json, char bracket)
{
    put_comma(json);
    json_put(json, &bracket, 1);
    json->comma = false;
}

void json_close(struct json *json, char bracket)
{
    json_put(json, &bracket, 1);
    json->comma = true;
}

/* How many bytes from `text` on stand in a JSON string as they are. */
static size_t plain_length(const char *text)
{
    size_t length = 0;

    while ((unsigned char)text[length] >= 0x20 && text[length] != '"' && text[length] != '\\')
        length++;
    return length;
}

static void json_put_escaped(struct json *json, unsigned char c)
{
    char escape[8];
    const char *const shorts = "\bb\ff\nn\rr\tt\"\"\\\\";

    for (const char *s = shorts; *s; s += 2)
        if ((unsigned char)s[0] == c) {
            json_put(json, (const char[]){ '\\', s[1] }, 2);
            return;
        }

    snprintf(escape, sizeof escape, "\\u%04x", c);
    json_put(json, escape, 6);
}

static void put_string(struct json *json, const char *text)
{
    json_put(json, "\"", 1);

    for (;;) {
        const size_t plain = plain_length(text);

        json_put(json, text, plain);
        text += plain;
        if (!*text)
            break;
        json_put_escaped(json, (unsigned char)*text++);
    }

    json_put(json, "\"", 1);
}

void json_key(struct json *json, const char *key)
{
    put_comma(json);
    put_string(json, key);
    json_put(json, ":", 1);
    json->comma = false;
}

void json_raw(struct json *json, const char *text)
{
    if (!text)
        text = "null";
    put_comma(json);
    json_put(json, text, strlen(text));
}

void json_text(struct json *json, const char *value)
{
    if (!value) {
        json_raw(json, NULL);
        return;
    }
    put_comma(json);
    put_string(json, value);
}

void json_i64(struct json *json, int64_t value)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%" PRId64, value);
    json_raw(json, value == NO_I64 ? NULL : digits);
}

void json_bool(struct json *json, bool value)
{
    json_raw(json, value ? "true" : "false");
}

void json_kg(struct json *json, int64_t grams)
{
    char text[32];

    if (grams == NO_I64) {
        json_raw(json, NULL);
        return;
    }

    const char *sign = grams < 0 ? "-" : "";
    const int64_t size = grams < 0 ? -grams : grams;

    if (size % 1000)
        snprintf(text, sizeof text, "%s%" PRId64 ".%03d", sign, size / 1000, (int)(size % 1000));
    else
        snprintf(text, sizeof text, "%s%" PRId64, sign, size / 1000);
    json_raw(json, text);
}

/* "2026-11-21 06:12:00.5+00" -> "2026-11-21T06:12:00.5Z": sessions run in UTC, so +00 is certain.
 */
void json_time(struct json *json, const char *timestamptz)
{
    const size_t length = timestamptz ? strlen(timestamptz) : 0;

    if (length < sizeof "2026-11-21 06:12:00+00" - 1) {
        json_raw(json, NULL);
        return;
    }

    assert(strcmp(timestamptz + length - 3, "+00") == 0);

    char *text = arena_bytes(json->arena, timestamptz, length - 2);

    text[10] = 'T';
    text[length - 3] = 'Z';
    json_text(json, text);
}

static void json_put_field(struct json *json, const struct field *field, const void *record)
{
    const void *member = (const char *)record + field->offset;

    switch (field->type) {
    case FIELD_I64:
        json_i64(json, *(const int64_t *)member);
        return;
    case FIELD_KG:
        json_kg(json, *(const int64_t *)member);
        return;
    case FIELD_BOOL:
        json_bool(json, *(const bool *)member);
        return;
    case FIELD_TEXT:
        json_text(json, *(const char *const *)member);
        return;
    case FIELD_TIME:
        json_time(json, *(const char *const *)member);
        return;
    case FIELD_WORD:
        json_text(json, word_set_word(field->words, *(const unsigned *)member));
        return;
    case FIELD_RAW:
        json_raw(json, *(const char *const *)member);
        return;
    case FIELD_ERRORS:
    case FIELD_LIST:
        break;
    }
    assert(0 && "a list is only read from JSON");
}

void json_fields(struct json *json, const struct shape *shape, const void *record)
{
    for (size_t i = 0; i < shape->count; i++) {
        if (shape->fields[i].hidden)
            continue;
        json_key(json, shape->fields[i].name);
        json_put_field(json, &shape->fields[i], record);
    }
}

void json_record(struct json *json, const struct shape *shape, const void *record)
{
    json_open(json, '{');
    json_fields(json, shape, record);
    json_close(json, '}');
}

void json_put_text(struct json *json, const char *key, const char *value)
{
    json_key(json, key);
    json_text(json, value);
}

void json_put_kg(struct json *json, const char *key, int64_t grams)
{
    json_key(json, key);
    json_kg(json, grams);
}

void json_put_i64(struct json *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_i64(json, value);
}

void json_put_bool(struct json *json, const char *key, bool value)
{
    json_key(json, key);
    json_bool(json, value);
}

/* Values that the JSON writer writes: jansson reads the same back. */
#include <assert.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "fuzz.h"

/* Beyond this many grams a double, which is all that JSON's readers have, is no longer exact. */
#define GRAMS_MAX INT64_C(1000000000000000)

static json_t *written(struct call *call, const char *text, int64_t number)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "text", text);
    json_put_text(&json, "none", NULL);
    json_put_i64(&json, "number", number);
    json_put_bool(&json, "odd", number & 1);
    json_key(&json, "list");
    json_open(&json, '[');
    json_text(&json, text);
    json_kg(&json, number);
    json_close(&json, ']');
    json_key(&json, arena_format(&call->arena, "_%s", text));
    json_raw(&json, "{}");
    json_close(&json, '}');
    assert(strlen(json.text) == json.length);

    json_t *read = json_loadb(json.text, json.length, JSON_REJECT_DUPLICATES, NULL);

    assert(read);
    return read;
}

static void check_number(const json_t *json, int64_t number)
{
    if (number == NO_I64)
        assert(json_is_null(json));
    else
        assert(json_integer_value(json) == number);
}

static void check_grams(const json_t *json, int64_t grams)
{
    if (grams != NO_I64 && llabs(grams) <= GRAMS_MAX)
        assert(llround(json_number_value(json) * 1000) == grams);
}

static void check(struct call *call, const char *text, int64_t number)
{
    json_t *json = written(call, text, number);
    const json_t *list = json_object_get(json, "list");

    assert(json_object_size(json) == 6 && json_array_size(list) == 2);
    assert(strcmp(json_string_value(json_object_get(json, "text")), text) == 0);
    assert(strcmp(json_string_value(json_array_get(list, 0)), text) == 0);
    assert(json_is_null(json_object_get(json, "none")));
    assert(json_is_true(json_object_get(json, "odd")) == (number & 1));
    assert(json_object_get(json, arena_format(&call->arena, "_%s", text)));
    check_number(json_object_get(json, "number"), number);
    check_grams(json_array_get(list, 1), number);
    json_decref(json);
}

/* Eight bytes of a number, then the text. */
void fuzz(struct call *call, const char *bytes, size_t length)
{
    int64_t number = 0;
    const size_t head = length < sizeof number ? length : sizeof number;

    if (head)
        memcpy(&number, bytes, head);

    const char *text = arena_bytes(&call->arena, bytes + head, length - head);

    if (text_is_utf8(text, strlen(text)))
        check(call, text, number);
}

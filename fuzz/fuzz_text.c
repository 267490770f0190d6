/* Small parsers of text: UTF-8, whole numbers, UUIDs. */
#include <assert.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>
#include <strings.h>

#include "base/shape.h"
#include "base/text.h"
#include "fuzz.h"

/* jansson has a judge of its own. */
static void check_utf8(const char *bytes, size_t length)
{
    json_t *judge = json_stringn(length ? bytes : "", length);

    assert(text_is_utf8(bytes, length) == (judge && strlen(json_string_value(judge)) == length));
    json_decref(judge);
}

static void check_number(struct call *call, const char *text)
{
    const int64_t min = -1000, max = INT64_MAX;
    int64_t value = NO_I64;

    if (!text_to_i64(text, min, max, &value)) {
        assert(value == NO_I64);
        return;
    }
    assert(value >= min && value <= max);

    /* The same digits, but for zeros in front. */
    const char *digits = text + (*text == '-');
    const char *ours = arena_format(&call->arena, "%" PRId64, value);

    assert(strspn(digits, "0123456789") == strlen(digits));
    assert(*text != '-' || value <= 0);
    assert(text_ends_with(digits, ours + (*ours == '-')));
}

static void check_uuid(const char *text)
{
    unsigned char uuid[16] = { 0 };
    static const unsigned char none[16];
    char ours[37];

    if (!text_to_uuid(text, uuid)) {
        assert(memcmp(uuid, none, sizeof uuid) == 0);
        return;
    }
    uuid_to_text(uuid, ours);
    assert(strcasecmp(ours, text) == 0);
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    const char *text = arena_bytes(&call->arena, bytes, length);

    check_utf8(bytes, length);
    check_number(call, text);
    check_uuid(text);
}

/* Percent signs: what was decoded is text, and encoded again it decodes to the same. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "http/guard.h"

static char *encode(struct arena *arena, const char *text, size_t length)
{
    char *encoded = arena_alloc(arena, 3 * length + 1, 1), *end = encoded;

    for (size_t i = 0; i < length; i++)
        end += snprintf(end, 4, i % 2 ? "%%%02x" : "%%%02X", (unsigned char)text[i]);
    return encoded;
}

static void check(struct call *call, const char *bytes, size_t length, bool plus_is_blank)
{
    /* No NUL behind it: the length alone says where it ends. */
    char *text = arena_alloc(&call->arena, length ? length : 1, 1);

    if (length)
        memcpy(text, bytes, length);

    const ptrdiff_t decoded = url_decode(text, length, plus_is_blank);

    if (decoded < 0)
        return;
    assert((size_t)decoded <= length);
    assert(text_is_utf8(text, (size_t)decoded));

    char *again = encode(&call->arena, text, (size_t)decoded);

    assert(url_decode(again, 3 * (size_t)decoded, plus_is_blank) == decoded);
    assert(memcmp(again, text, (size_t)decoded) == 0);
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    check(call, bytes, length, false);
    check(call, bytes, length, true);
}

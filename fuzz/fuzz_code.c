/* What a scanner sends, as a code: cleaned once is clean for good, and cut it is still text. */
#include <assert.h>
#include <string.h>

#include "bag/code.h"
#include "base/text.h"
#include "fuzz.h"

static void check_clean(struct call *call, const char *text)
{
    const char *clean = text_clean(&call->arena, text);
    const size_t length = strlen(clean);

    assert(length <= strlen(text) && text_is_utf8(clean, length));
    assert(strcmp(text_clean(&call->arena, clean), clean) == 0);
    assert(*clean != ' ' && !text_ends_with(clean, " ") && !strstr(clean, "  "));
    for (const char *c = clean; *c; c++)
        assert((unsigned char)*c >= ' ' && *c != 0x7f && !(*c >= 'a' && *c <= 'z'));
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    const char *text = arena_bytes(&call->arena, bytes, length);

    if (!text_is_utf8(text, strlen(text)))
        return;
    check_clean(call, text);

    const char *code = bag_code_clean(&call->arena, text);

    assert(strlen(code) <= BAG_CODE_MAX);
    check_clean(call, code);
    assert(strcmp(bag_code_clean(&call->arena, code), code) == 0);
}

#include "bag/code.h"

#include <string.h>

#include "base/text.h"

/* The digits behind "LABEL NO", "LABEL NO." or "LABEL NO:", blanks allowed; NULL when there are
 * none. */
static char *label_number(char *text)
{
    char *at = strstr(text, "LABEL");

    if (!at)
        return NULL;

    at += strlen("LABEL");
    at += strspn(at, " ");
    if (!text_starts_with(at, "NO"))
        return NULL;

    at += strlen("NO");
    at += strspn(at, " ");
    at += *at == '.' || *at == ':';
    at += strspn(at, " ");

    const size_t digits = strspn(at, "0123456789");

    at[digits] = '\0';
    return digits ? at : NULL;
}

/* Cut to BAG_CODE_MAX bytes, but not through a character, and clean again at its new end. */
static void cut(char *text)
{
    if (strlen(text) <= BAG_CODE_MAX)
        return;

    text[BAG_CODE_MAX] = '\0';
    text_mend_end(text);
    if (text_ends_with(text, " "))
        text[strlen(text) - 1] = '\0';
}

const char *bag_code(struct arena *arena, const char *text)
{
    char *clean = text_clean(arena, text);
    char *label = strstr(clean, "LABEL") ? label_number(arena_text(arena, clean)) : NULL;
    char *code = label ? label : clean;

    cut(code);
    return code;
}

/* FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): a chance collision only splits a batch. */
uint64_t bag_key(char kind, const void *bytes, size_t length)
{
    const unsigned char *b = bytes;
    uint64_t hash =
        (UINT64_C(14695981039346656037) ^ (unsigned char)kind) * UINT64_C(1099511628211);

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ b[i]) * UINT64_C(1099511628211);

    return hash ? hash : 1;
}

#include "base/unicode.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

/* Most texts are codes and names in ASCII, for which composition changes nothing. */
static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

static char *unicode_ascii_upper(struct arena *arena, const char *text)
{
    char *upper = arena_text(arena, text);

    for (char *at = upper; *at; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    return upper;
}

/* The library allocates, and fails for want of memory alone: input is well-formed. */
static char *adopt(struct arena *arena, uint8_t *bytes, size_t length)
{
    if (!bytes)
        abort();

    char *text = arena_bytes(arena, (const char *)bytes, length);

    free(bytes);
    return text;
}

static char *casefold(struct arena *arena, const char *text)
{
    size_t length;
    uint8_t *folded =
        u8_casefold((const uint8_t *)text, strlen(text), NULL, UNINORM_NFKC, NULL, &length);

    return adopt(arena, folded, length);
}

static char *upper_case(struct arena *arena, const char *text)
{
    size_t length;
    uint8_t *upper =
        u8_toupper((const uint8_t *)text, strlen(text), NULL, UNINORM_NFKC, NULL, &length);

    return adopt(arena, upper, length);
}

static char *normalize(struct arena *arena, uninorm_t form, const char *text)
{
    size_t length;
    uint8_t *normal = u8_normalize(form, (const uint8_t *)text, strlen(text), NULL, &length);

    return adopt(arena, normal, length);
}

char *unicode_fold(struct arena *arena, const char *text)
{
    if (is_ascii(text))
        return unicode_ascii_upper(arena, text);
    return upper_case(arena, casefold(arena, normalize(arena, UNINORM_NFKC, text)));
}

char *unicode_compose(struct arena *arena, const char *text)
{
    return is_ascii(text) ? arena_text(arena, text) : normalize(arena, UNINORM_NFC, text);
}

char *unicode_decompose(struct arena *arena, const char *text)
{
    return is_ascii(text) ? arena_text(arena, text) : normalize(arena, UNINORM_NFD, text);
}

#include "bag/code.h"

#include <string.h>

#include "base/text.h"

/* Dots, colons, blanks, and dashes of all lengths. */
static const char *skip_separators(const char *at)
{
    static const char *const dashes[] = { "\u2010", "\u2011", "\u2012", "\u2013", "\u2014",
        "\u2015", "\u2212" };
    size_t length;

    do {
        length = strspn(at, " .:-");
        for (size_t i = 0; !length && i < COUNT_OF(dashes); i++)
            length = text_starts_with(at, dashes[i]) ? strlen(dashes[i]) : 0;
        at += length;
    } while (length);
    return at;
}

/* The digits at `at`, which is just behind a "LABEL": NO or NUMBER, with any separators around it.
 */
static const char *number_at(const char *at, size_t *digits)
{
    at = skip_separators(at);
    *digits = 0;
    if (!text_starts_with(at, "NO") && !text_starts_with(at, "NUMBER"))
        return NULL;

    at = skip_separators(at + (text_starts_with(at, "NO") ? strlen("NO") : strlen("NUMBER")));
    *digits = strspn(at, "0123456789");
    return at;
}

/* The first label number in the text; NULL when there is none. */
static char *label_number(struct arena *arena, const char *text)
{
    for (const char *at = strstr(text, "LABEL"); at; at = strstr(at, "LABEL")) {
        size_t digits;
        const char *number = number_at(at += strlen("LABEL"), &digits);

        if (digits)
            return arena_bytes(arena, number, digits);
    }
    return NULL;
}

/* Cut to BAG_CODE_MAX bytes, but not through a character, and clean again at its new end. */
static void code_cut(char *text)
{
    if (strlen(text) <= BAG_CODE_MAX)
        return;

    text[BAG_CODE_MAX] = '\0';
    text_drop_partial_character(text);
    if (text_ends_with(text, " "))
        text[strlen(text) - 1] = '\0';
}

const char *bag_code_clean(struct arena *arena, const char *text)
{
    char *clean = text_clean(arena, text);
    char *label = label_number(arena, clean);
    char *code = label ? label : clean;

    code_cut(code);
    return code;
}

/* FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): a chance collision only splits a batch. */

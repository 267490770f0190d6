#include "audit/anonymise.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>

#define STARS "***"

static const char *shown(struct arena *arena, int family, const void *bytes)
{
    char text[INET6_ADDRSTRLEN];

    return arena_text(arena, inet_ntop(family, bytes, text, sizeof text));
}

const char *anonymise_address(struct arena *arena, const char *address)
{
    const char *bare = arena_bytes(arena, address, strcspn(address, "%")); /* fe80::1%eth0 */
    struct in6_addr six;
    unsigned char four[4];

    if (inet_pton(AF_INET, bare, four) == 1) {
        four[3] = 0;
        return shown(arena, AF_INET, four);
    }
    if (inet_pton(AF_INET6, bare, &six) != 1)
        return "";
    if (IN6_IS_ADDR_V4MAPPED(&six)) {
        six.s6_addr[15] = 0;
        return shown(arena, AF_INET, six.s6_addr + 12);
    }
    memset(six.s6_addr + 6, 0, 10);
    return shown(arena, AF_INET6, &six);
}

/* What may stand before the '@'. Letters beyond ASCII are all let in. */
static bool is_local(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80
        || (c && strchr("._+-%", c) != NULL);
}

/* Length of what a backslash begins in JSON: "\n", "\u00e9". Its letters are not the text's own. */
static size_t escape_length(const char *at)
{
    return strnlen(at, at[1] == 'u' ? 6 : 2);
}

/* Bytes of the first character of a UTF-8 text. */
static size_t first_length(const char *text)
{
    size_t length = 1;

    while (((unsigned char)text[length] & 0xc0) == 0x80)
        length++;
    return length;
}

static size_t count_of(const char *text, char wanted)
{
    size_t count = 0;

    for (; (text = strchr(text, wanted)) != NULL; text++)
        count++;
    return count;
}

/* Cut the name that begins at `name` and ends at `end` to its first letter; its new end. */
static char *anonymise_cut(char *name, char *end)
{
    *end = '\0';
    return stpcpy(name + first_length(name), STARS);
}

const char *anonymise_text(struct arena *arena, const char *text, bool is_json)
{
    const size_t ats = text ? count_of(text, '@') : 0;

    if (!ats)
        return text;

    char *whole = arena_alloc(arena, strlen(text) + ats * strlen(STARS) + 1, 1);
    char *end = whole, *name = whole;

    while (*text) {
        const size_t length = is_json && *text == '\\' ? escape_length(text) : 1;

        if (*text == '@' && end > name && isalnum((unsigned char)text[1]))
            end = anonymise_cut(name, end);
        end = mempcpy(end, text, length);
        if (length > 1 || !is_local(*text))
            name = end;
        text += length;
    }
    *end = '\0';
    return whole;
}

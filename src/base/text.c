#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/unicode.h"

struct range {
    uint32_t first, last;
};

/* Unicode's White_Space. */
static const struct range whites[] = {
    { 0x09, 0x0d },
    { 0x20, 0x20 },
    { 0x85, 0x85 },
    { 0xa0, 0xa0 },
    { 0x1680, 0x1680 },
    { 0x2000, 0x200a },
    { 0x2028, 0x2029 },
    { 0x202f, 0x202f },
    { 0x205f, 0x205f },
    { 0x3000, 0x3000 },
};

/* Control, zero-width and direction characters: nobody sees them, so no code may differ by them. */
static const struct range unseen[] = {
    { 0x00, 0x1f },
    { 0x7f, 0x9f },
    { 0xad, 0xad },
    { 0x61c, 0x61c },
    { 0x180e, 0x180e },
    { 0x200b, 0x200f },
    { 0x202a, 0x202e },
    { 0x2060, 0x206f },
    { 0xfeff, 0xfeff },
    { 0xfff9, 0xfffb },
};

static bool is_among(uint32_t c, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

/* Bytes of the character at `s` (at least one is left), and its code point; 0 if malformed. */
static size_t decode(const unsigned char *s, size_t left, uint32_t *c)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };

    if (s[0] < 0x80) {
        *c = s[0];
        return 1;
    }

    const size_t length = s[0] < 0xc0 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : s[0] < 0xf8 ? 4 : 0;

    if (!length || length > left)
        return 0;

    *c = s[0] & (0x7fU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        *c = *c << 6 | (s[i] & 0x3fU);
    }

    const bool surrogate = *c >= 0xd800 && *c <= 0xdfff;

    return *c < least[length] || *c > 0x10ffff || surrogate ? 0 : length;
}

bool text_is_utf8(const char *bytes, size_t length)
{
    const unsigned char *s = (const unsigned char *)bytes;

    while (length) {
        uint32_t c = 0;
        const size_t step = decode(s, length, &c);

        if (!step || !c)
            return false;
        s += step;
        length -= step;
    }
    return true;
}

static char text_ascii_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Without what nobody sees, and with single blanks. A blank replaces one byte at least, so nothing
 * grows. */
static void text_squeeze(char *text)
{
    const char *from = text;
    char *end = text;
    size_t left = strlen(text);
    bool blank = false;

    while (left) {
        uint32_t c = 0;
        const size_t step = decode((const unsigned char *)from, left, &c);

        if (!step)
            break;

        if (is_among(c, whites, COUNT_OF(whites))) {
            blank = end > text;
        } else if (!is_among(c, unseen, COUNT_OF(unseen))) {
            if (blank)
                *end++ = ' ';
            blank = false;
            memmove(end, from, step);
            end += step;
        }
        from += step;
        left -= step;
    }
    *end = '\0';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* All of them, so that a clean text stays as it is. */
static char *skip_aim_identifiers(char *text)
{
    while (text[0] == ']' && is_upper(text[1]) && is_digit(text[2]))
        text += 3 + strspn(text + 3, " ");
    return text;
}

/*
 * What nobody sees goes first, or it would keep a letter from its accent; blanks once more at the
 * end, because some characters are folded into one.
 */
char *text_key(struct arena *arena, const char *text)
{
    char *seen = arena_text(arena, text);

    text_squeeze(seen);

    char *key = unicode_fold(arena, seen);

    text_squeeze(key);
    return key;
}

char *text_clean(struct arena *arena, const char *text)
{
    return skip_aim_identifiers(text_key(arena, text));
}

/* Bytes of what nobody sees at the start. */
static size_t blank_length(const char *text)
{
    const char *at = text;
    uint32_t c = 0;

    while (*at) {
        const size_t step = decode((const unsigned char *)at, strlen(at), &c);

        if (!step
            || (!is_among(c, whites, COUNT_OF(whites)) && !is_among(c, unseen, COUNT_OF(unseen))))
            break;
        at += step;
    }
    return (size_t)(at - text);
}

char *text_trim(struct arena *arena, const char *text)
{
    const char *start = text + blank_length(text), *end = start;
    uint32_t c = 0;

    for (const char *at = start; *at; at += blank_length(at)) {
        const size_t step = decode((const unsigned char *)at, strlen(at), &c);

        at += step ? step : 1;
        end = at;
    }
    return arena_bytes(arena, start, (size_t)(end - start));
}

size_t text_length(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += (*text & 0xc0) != 0x80;
    return count;
}

bool text_is_name(const char *text, size_t most)
{
    const size_t length = text_length(text);

    if (length < 1 || length > most || *text == ' ' || text[strlen(text) - 1] == ' ')
        return false;
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return false;
    return true;
}

void text_drop_partial_character(char *text)
{
    const size_t end = strlen(text);
    size_t start = end;
    uint32_t c = 0;

    /* RFC 3629: 10xxxxxx goes on, and a character has three of them at most. */
    while (start && end - start < 4 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start && !decode((const unsigned char *)text + start - 1, end - start + 1, &c))
        text[start - 1] = '\0';
}

bool text_to_i64(const char *text, int64_t min, int64_t max, int64_t *value)
{
    /* strtoll() would also take blanks and a plus sign in front. */
    const char *digits = *text == '-' ? text + 1 : text;

    if (*digits < '0' || *digits > '9')
        return false;

    char *end;

    errno = 0;
    const long long number = strtoll(text, &end, 10);

    if (errno || *end || number < min || number > max)
        return false;

    *value = number;
    return true;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = text_ascii_upper(c);
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool dash_at(size_t i)
{
    return i == 8 || i == 13 || i == 18 || i == 23;
}

bool text_to_uuid(const char *text, unsigned char uuid[16])
{
    unsigned char bytes[16];
    size_t filled = 0;

    if (strlen(text) != 36)
        return false;

    for (size_t i = 0; i < 36;) {
        if (dash_at(i)) {
            if (text[i++] != '-')
                return false;
            continue;
        }

        const int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);

        if (high < 0 || low < 0)
            return false;
        bytes[filled++] = (unsigned char)(high << 4 | low);
        i += 2;
    }

    memcpy(uuid, bytes, sizeof bytes);
    return true;
}

bool text_to_device_id(const char *text, unsigned char uuid[16])
{
    static const unsigned char nil[16];
    unsigned char max[16];

    memset(max, 0xff, sizeof max);
    return text_to_uuid(text, uuid) && memcmp(uuid, nil, sizeof nil) != 0
        && memcmp(uuid, max, sizeof max) != 0;
}

void uuid_to_text(const unsigned char uuid[16], char text[37])
{
    char hex[33];
    const char *from = hex;

    text_hex(uuid, 16, hex);
    for (size_t i = 0; i < 36; i++)
        text[i] = dash_at(i) ? '-' : *from++;
    text[36] = '\0';
}

const char *uuid_text(struct arena *arena, const unsigned char uuid[16])
{
    char *text = arena_alloc(arena, 37, 1);

    uuid_to_text(uuid, text);
    return text;
}

void text_hex(const void *bytes, size_t length, char *hex)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *s = bytes;

    for (size_t i = 0; i < length; i++) {
        *hex++ = digits[s[i] >> 4];
        *hex++ = digits[s[i] & 15];
    }
    *hex = '\0';
}

const char *text_count(struct arena *arena, int64_t count, const char *one, const char *other)
{
    return arena_format(arena, "%lld %s", (long long)count, count == 1 ? one : other);
}

bool text_ends_with(const char *text, const char *end)
{
    const size_t length = strlen(text), tail = strlen(end);

    return length >= tail && memcmp(text + length - tail, end, tail) == 0;
}

bool text_starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

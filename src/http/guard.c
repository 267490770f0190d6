#include "http/guard.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

static bool guard_is_named(const char *name, size_t length, const char *wanted)
{
    return length == strlen(wanted) && strncasecmp(name, wanted, length) == 0;
}

/* RFC 9110's token: what a field name may be made of. */
static bool is_token(const char *name, size_t length)
{
    static const char others[] = "!#$%&'*+-.^_`|~";

    for (size_t i = 0; i < length; i++) {
        const char c = name[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

        if (!letter && !(c >= '0' && c <= '9') && (!c || !strchr(others, c)))
            return false;
    }
    return length > 0;
}

static bool guard_has_control(const char *value, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (((unsigned char)value[i] < 0x20 && value[i] != '\t') || value[i] == 0x7f)
            return true;
    return false;
}

static void take_length(struct guard *guard, const char *value, size_t length)
{
    guard->lengths++;
    guard->content_length = 0;

    /* 18 digits fit; no body of ours is anywhere near. */
    if (length == 0 || length > 18)
        guard->bad_length = true;

    for (size_t i = 0; i < length && !guard->bad_length; i++) {
        if (value[i] < '0' || value[i] > '9')
            guard->bad_length = true;
        guard->content_length = guard->content_length * 10 + (uint64_t)(value[i] - '0');
    }
}

static void take_coding(struct guard *guard, const char *value, size_t length)
{
    guard->codings++;
    guard->chunked = guard_is_named(value, length, "chunked");
    guard->bad_coding |= !guard->chunked;
}

static bool guard_is_port(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

static bool is_host_character(char c, bool in_brackets)
{
    const bool digit = c >= '0' && c <= '9';

    if (in_brackets)
        return digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
    return digit || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-'
        || c == '_';
}

bool guard_is_host(const char *text, size_t length)
{
    const bool in_brackets = length && text[0] == '[';
    size_t i = in_brackets;

    while (i < length && is_host_character(text[i], in_brackets))
        i++;
    if (in_brackets && (i == 1 || i == length || text[i++] != ']'))
        return false;
    return i == length || (i > 0 && text[i] == ':' && guard_is_port(text + i + 1, length - i - 1));
}

static void take_host(struct guard *guard, const char *value, size_t length)
{
    while (length && strchr(" \t", value[length - 1]))
        length--;
    guard->hosts++;
    guard->bad_host |= !guard_is_host(value, length);
}

void guard_add_header(struct guard *guard, const char *name, size_t name_length, const char *value,
    size_t value_length)
{
    guard->bad_name |= !is_token(name, name_length);
    guard->bad_value |= guard_has_control(value, value_length);

    if (guard_is_named(name, name_length, "Content-Length"))
        take_length(guard, value, value_length);
    else if (guard_is_named(name, name_length, "Transfer-Encoding"))
        take_coding(guard, value, value_length);
    else if (guard_is_named(name, name_length, "Host"))
        take_host(guard, value, value_length);
}

const char *guard_problem(const struct guard *guard, const char *version)
{
    if (guard->bad_name)
        return "malformed header name";
    if (guard->bad_value)
        return "control character in a header";
    if (guard->lengths > 1)
        return "more than one Content-Length";
    if (guard->bad_length)
        return "malformed Content-Length";
    if (guard->lengths && guard->codings)
        return "Content-Length with Transfer-Encoding";
    if (guard->codings > 1 || guard->bad_coding)
        return "Transfer-Encoding is not chunked";
    if (guard->hosts > 1)
        return "more than one Host";
    if (guard->bad_host)
        return "malformed Host";
    if (strcmp(version, "HTTP/1.1") == 0)
        return NULL;
    if (strcmp(version, "HTTP/1.0") != 0)
        return "not HTTP/1.0 or 1.1";
    return guard->codings ? "Transfer-Encoding in HTTP/1.0" : NULL;
}

bool guard_lacks_host(const struct guard *guard, const char *version)
{
    return !guard->hosts && strcmp(version, "HTTP/1.1") == 0;
}

bool guard_expects_body(const struct guard *guard)
{
    return guard->content_length > 0 || guard->chunked;
}

static int guard_hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

ptrdiff_t url_decode(char *text, size_t length, bool plus_is_blank)
{
    char *to = text;

    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] <= ' ' || text[i] == 0x7f)
            return -1;
        if (text[i] == '+' && plus_is_blank) {
            *to++ = ' ';
            continue;
        }
        if (text[i] != '%') {
            *to++ = text[i];
            continue;
        }

        const bool whole = length - i > 2;
        const int high = whole ? guard_hex_value(text[i + 1]) : -1;
        const int low = whole ? guard_hex_value(text[i + 2]) : -1;

        if (high < 0 || low < 0)
            return -1;
        *to++ = (char)(high << 4 | low);
        i += 2;
    }
    return text_is_utf8(text, (size_t)(to - text)) ? to - text : -1;
}

#include "mail/letter.h"

#include <assert.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/text.h"

/* A line of base64, and what of the bytes goes into it. */
#define LINE 76
#define LINE_BYTES (LINE / 4 * 3)

/* What fits into one encoded word beside "=?UTF-8?B?" and "?=" (75 in all). */
#define WORD_BYTES 45

#define BOUNDARY "=_tracetrack_"

static char *base64(struct arena *arena, const char *bytes, size_t length)
{
    char *text = arena_alloc(arena, (length + 2) / 3 * 4 + 1, 1);

    EVP_EncodeBlock((unsigned char *)text, (const unsigned char *)bytes, (int)length);
    return text;
}

static const char *base64_lines(struct arena *arena, const char *text)
{
    size_t left = strlen(text);
    char *lines = arena_alloc(arena, (left / LINE_BYTES + 1) * (LINE + 2) + 1, 1), *end = lines;

    while (left) {
        const size_t length = left < LINE_BYTES ? left : LINE_BYTES;

        end = stpcpy(stpcpy(end, base64(arena, text, length)), "\r\n");
        text += length;
        left -= length;
    }
    return lines;
}

static bool letter_is_plain(const char *text)
{
    for (; *text; text++)
        if (*text < ' ' || *text > '~')
            return false;
    return true;
}

/* RFC 2047: words of whole characters, each on a line of its own. */
static const char *encode_header(struct arena *arena, const char *text)
{
    const char *words = "";

    if (letter_is_plain(text) && !strstr(text, "=?"))
        return text;

    for (size_t left = strlen(text), length; left; text += length, left -= length) {
        length = left < WORD_BYTES ? left : WORD_BYTES;
        while (length < left && length > 1 && (text[length] & 0xc0) == 0x80)
            length--;
        words = arena_format(
            arena, "%s%s=?UTF-8?B?%s?=", words, *words ? "\r\n " : "", base64(arena, text, length));
    }
    return words;
}

static char *letter_put_escaped(char *end, char c)
{
    switch (c) {
    case '&':
        return stpcpy(end, "&amp;");
    case '<':
        return stpcpy(end, "&lt;");
    case '>':
        return stpcpy(end, "&gt;");
    case '"':
        return stpcpy(end, "&quot;");
    default:
        *end = c;
        return end + 1;
    }
}

static const char *letter_escape(struct arena *arena, const char *text, size_t length)
{
    char *escaped = arena_alloc(arena, 6 * length + 1, 1), *end = escaped;

    for (size_t i = 0; i < length; i++)
        end = letter_put_escaped(end, text[i]);
    return escaped;
}

static const char *html_line(struct arena *arena, const char *line, const char *base_url)
{
    if (*base_url && text_starts_with(line, base_url) && !strchr(line, ' '))
        return arena_format(arena, "<a href=\"%s\">%s</a><br>\n", line, line);
    return arena_format(arena, "%s<br>\n", line);
}

const char *letter_html(struct arena *arena, const struct letter *letter)
{
    const char *base_url = letter_escape(arena, letter->base_url, strlen(letter->base_url));
    const size_t room = 16 * strlen(letter->words.body) + 512;
    char *html = arena_alloc(arena, room, 1);
    size_t used = (size_t)snprintf(html, room, "<!doctype html>\n<html><body>\n");

    for (const char *at = letter->words.body; *at;) {
        const size_t length = strcspn(at, "\n");
        const char *line = html_line(arena, letter_escape(arena, at, length), base_url);

        used += (size_t)snprintf(html + used, room - used, "%s", line);
        assert(used < room);
        at += length + (at[length] == '\n');
    }
    snprintf(html + used, room - used, "</body></html>\n");
    return html;
}

const char *letter_date(struct arena *arena, int64_t unix_seconds)
{
    static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
        "Oct", "Nov", "Dec" };
    const time_t seconds = (time_t)unix_seconds;
    struct tm at;

    gmtime_r(&seconds, &at);
    return arena_format(arena, "%s, %02d %s %d %02d:%02d:%02d +0000", days[at.tm_wday], at.tm_mday,
        months[at.tm_mon], at.tm_year + 1900, at.tm_hour, at.tm_min, at.tm_sec);
}

static const char *part(struct arena *arena, const char *type, const char *text)
{
    return arena_format(arena,
        "--" BOUNDARY "\r\n"
        "Content-Type: %s; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        "%s",
        type, base64_lines(arena, text));
}

const char *letter_text(struct arena *arena, const struct letter *letter)
{
    return arena_format(arena,
        "Date: %s\r\n"
        "From: TraceTrack <%s>\r\n"
        "To: <%s>\r\n"
        "Subject: %s\r\n"
        "Message-ID: <%s@%s>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/alternative; boundary=\"" BOUNDARY "\"\r\n"
        "\r\n"
        "%s%s"
        "--" BOUNDARY "--\r\n",
        letter->date, letter->from, letter->to, encode_header(arena, letter->words.subject),
        letter->id, strrchr(letter->from, '@') + 1, part(arena, "text/plain", letter->words.body),
        part(arena, "text/html", letter_html(arena, letter)));
}

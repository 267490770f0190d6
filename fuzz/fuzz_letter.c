/*
 * A mail whose words come from people: the subject in the first line, the body behind it. Nothing
 * of it becomes a header, a line for the mail server, or markup.
 */
#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "mail/letter.h"

/* RFC 5322's limit for a line. */
#define LINE_MAX 998

#define SUBJECT_MAX 900

static const char *const headers[] = { "From: ", "To: ", "Subject: ", "Date: ", "Message-ID: ",
    "Auto-Submitted: ", "MIME-Version: ", "Content-Type: ", " " };

static bool is_ours(const char *line)
{
    for (size_t i = 0; i < COUNT_OF(headers); i++)
        if (text_starts_with(line, headers[i]))
            return true;
    return false;
}

static size_t check_line(const char *line)
{
    const size_t length = strcspn(line, "\r\n");

    assert(strncmp(line + length, "\r\n", 2) == 0);
    assert(length <= LINE_MAX && *line != '.');
    return length;
}

static void check_text(const char *text)
{
    const char *end = strstr(text, "\r\n\r\n");

    assert(end);
    for (const char *line = text; *line;) {
        assert(line > end || is_ours(line));
        for (const char *c = line; *c != '\r' && *c != '\n'; c++)
            assert(*c >= ' ' && *c <= '~');
        line += check_line(line) + 2;
    }
}

/* Only our own tags. */
static void check_html(const char *html)
{
    static const char *const tags[] = { "<!doctype html>", "<html>", "<body>", "</body>", "</html>",
        "<br>", "</a>", "<a href=\"https://bags.example.com" };

    for (const char *at = html; (at = strchr(at, '<')); at++) {
        size_t i = 0;

        while (i < COUNT_OF(tags) && !text_starts_with(at, tags[i]))
            i++;
        assert(i < COUNT_OF(tags));
    }
    assert(text_ends_with(html, "</body></html>\n"));
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    struct span rest = { bytes, length };
    struct letter letter = { .from = "bags@example.com",
        .to = "asha@example.com",
        .base_url = "https://bags.example.com",
        .id = "1.2.3",
        .date = letter_date(&call->arena, 1795242720) };

    letter.words.subject = fuzz_line_text(call, &rest);
    letter.words.body = arena_bytes(&call->arena, rest.bytes, rest.length);

    /* A subject is one of a template, with a name in it. */
    if (strlen(letter.words.subject) > SUBJECT_MAX)
        return;
    if (!fuzz_is_utf8(letter.words.subject) || !fuzz_is_utf8(letter.words.body))
        return;
    check_text(letter_text(&call->arena, &letter));
    check_html(letter_html(&call->arena, &letter));
}

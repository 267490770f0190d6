/*
 * Letter: a mail in the format in which it is sent (RFC 5322, MIME), as plain text and the same as
 * HTML.
 *
 * Header values consist of checked addresses and encoded words, and bodies are base64: nothing that
 * a person has typed can become a header, or a line that a mail server takes for a command.
 */
#ifndef MAIL_LETTER_H
#define MAIL_LETTER_H

#include "base/arena.h"
#include "mail/mail.h"

struct letter {
    const char *from, *to; /* valid addresses */
    struct mail_content words;
    const char *base_url; /* lines that begin with it become links */
    const char *id; /* the same at every try; letters, digits, dots */
    const char *date; /* RFC 5322; see letter_date() */
};

/* The whole message, lines ended by CR LF. */
const char *letter_text(struct arena *arena, const struct letter *letter);

/* The body as a small page. */
const char *letter_html(struct arena *arena, const struct letter *letter);

/* "Sat, 21 Nov 2026 08:00:00 +0000" */
const char *letter_date(struct arena *arena, int64_t unix_seconds);

#endif

/*
 * Letter: a mail in the format in which it is sent (RFC 5322, MIME), as plain text and as HTML.
 *
 * Header values consist of checked addresses and encoded words, and bodies are base64: nothing that
 * a person has typed can become a header, or a line that a mail server takes for a command.
 * Returned texts live in the arena that is passed, a pool of memory that is freed as a whole.
 */
#ifndef MAIL_LETTER_H
#define MAIL_LETTER_H

#include "base/arena.h"
#include "mail/mail.h"

/* The input for a message. */
struct letter {
    const char *from, *to; /* valid addresses, see mail_address_is_valid() */
    struct mail_content words; /* subject and plain text */
    const char *base_url; /* in HTML, lines that begin with it become links */
    const char *id; /* left part of the Message-ID; the same at every try; letters, digits, dots */
    const char *date; /* for the header Date, from letter_date() */
};

/* The whole message for SMTP: headers and both bodies; lines end with CR LF. */
const char *letter_text(struct arena *arena, const struct letter *letter);

/* The body alone, as an HTML document. */
const char *letter_html(struct arena *arena, const struct letter *letter);

/* A time as mail headers have it, in UTC: "Sat, 21 Nov 2026 08:00:00 +0000". */
const char *letter_date(struct arena *arena, int64_t unix_seconds);

#endif

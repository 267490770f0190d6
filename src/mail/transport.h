/*
 * Transport: how a letter leaves the house: SMTP, or SendGrid's HTTP API (v3). Both by libcurl.
 */
#ifndef MAIL_TRANSPORT_H
#define MAIL_TRANSPORT_H

#include <stdatomic.h>

#include "base/call.h"
#include "mail/letter.h"

struct transport {
    const char *smtp_url; /* "smtp://host:587", "smtps://host"; NULL: SendGrid */
    const char *smtp_user, *smtp_password; /* NULL: none asked for */
    bool smtp_tls; /* refuse a server that offers none; not asked of this very machine */
    const char *sendgrid_key, *sendgrid_url;
    atomic_bool *stopping; /* give up what is being sent; may be NULL */
};

enum sent {
    SENT,
    SENT_NOT, /* try again later */
    SENT_NEVER, /* this very mail was refused for good */
};

/* Takes at most half a minute. *why says what went wrong, in the call's arena. */
enum sent transport_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why);

/* What only one of the two needs to know. */
enum sent smtp_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why);
enum sent sendgrid_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why);

/* A curl handle with our time limits that gives up when `stopping` is set; freed with the arena. */
void *transport_handle(struct call *call, const struct transport *transport);

#endif

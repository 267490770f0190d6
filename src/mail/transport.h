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

enum send_result {
    SEND_OK,
    SEND_RETRY, /* try again later */
    SEND_REFUSED, /* this very mail was refused for good */
};

/* Takes at most half a minute. *why says what went wrong, in the call's arena. */
enum send_result transport_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why);

/* What only one of the two needs to know. */
enum send_result smtp_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why);
enum send_result sendgrid_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why);

/* A curl handle with our time limits that gives up when `stopping` is set; freed with the arena. */
void *transport_curl_handle(struct call *call, const struct transport *transport);

#endif

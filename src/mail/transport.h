/*
 * Transport: sends a letter, by SMTP or through SendGrid's HTTP API (v3), both with libcurl.
 */
#ifndef MAIL_TRANSPORT_H
#define MAIL_TRANSPORT_H

#include <stdatomic.h>

#include "base/call.h"
#include "mail/letter.h"

struct transport {
    const char *smtp_url; /* "smtp://host:587", "smtps://host"; NULL: use SendGrid */
    const char *smtp_user, *smtp_password; /* NULL: no sign-in */
    bool smtp_tls; /* refuse a server without TLS, except on this machine */
    const char *sendgrid_key, *sendgrid_url;
    atomic_bool *stopping; /* set to interrupt sending; may be NULL */
};

enum send_result {
    SEND_OK,
    SEND_RETRY, /* try again later */
    SEND_REFUSED, /* the mail was refused for good */
};

/* Takes at most half a minute. *why is the reason of a failure, in the call's arena. */
enum send_result transport_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why);

/* The two ways, for transport_send(). Unless the letter is sent, *why is the reason, in the call's
 * arena; no fault is recorded. */
enum send_result smtp_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why);
enum send_result sendgrid_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why);

/* A curl handle with our time limits, interrupted by `stopping`, freed when the arena ends. */
void *transport_curl_handle(struct call *call, const struct transport *transport);

#endif

/*
 * Transport: sends a letter, a complete mail (mail/letter.h), by SMTP or through the HTTP API of
 * SendGrid (v3), a mail service. Both use libcurl.
 *
 * `call` is the unit of work in hand; returned texts are in its arena. A failure to send records no
 * fault in the call: the functions return an enum send_result instead.
 */
#ifndef MAIL_TRANSPORT_H
#define MAIL_TRANSPORT_H

#include <stdatomic.h>

#include "base/call.h"
#include "mail/letter.h"

/* How to send. */
struct transport {
    const char *smtp_url; /* "smtp://host:587", "smtps://host"; NULL: use SendGrid */
    const char *smtp_user, *smtp_password; /* NULL: no sign-in */
    bool smtp_tls; /* refuse a server without TLS, except on this machine */
    const char *sendgrid_key, *sendgrid_url; /* the API key; the address of the API */
    atomic_bool *stopping; /* another thread sets it to interrupt sending; may be NULL */
};

/* What has become of a letter. */
enum send_result {
    SEND_OK, /* it was accepted for delivery */
    SEND_RETRY, /* it failed, and may succeed later */
    SEND_REFUSED, /* it was refused for good */
};

/* Send the letter, by SMTP if transport->smtp_url is set, otherwise through SendGrid. Takes at most
 * 30 seconds. If it was not sent, *why is the reason. */
enum send_result transport_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why);

/* For transport_send(): send the letter by SMTP. If it was not sent, *why is the reason. */
enum send_result smtp_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why);

/* For transport_send(): send the letter by SendGrid. If it was not sent, *why is the reason. */
enum send_result sendgrid_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why);

/* For smtp_send() and sendgrid_send(): a new libcurl handle (CURL *) with time limits, which is
 * interrupted by transport->stopping. Never NULL; freed with the call's arena. */
void *transport_curl_handle(struct call *call, const struct transport *transport);

#endif

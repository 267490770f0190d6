/*
 * Mail sender: a thread that sends the queued mails (rows, see mail/mail.h) that are due.
 *
 * It takes a mail by postponing its time, in a transaction of its own, then sends it with no
 * transaction open, then deletes its row. So several servers can share the work, and a mail whose
 * server dies becomes due again a little later: each mail is sent at least once, always with the
 * same Message-ID. A mail that can't be sent is tried again after 1, 4, 16 ... minutes (at most 4
 * hours). It is parked (kept, with the reason, but not tried again) if it was refused for good or
 * after MAIL_TRIES tries.
 */
#ifndef MAIL_MAIL_SENDER_H
#define MAIL_MAIL_SENDER_H

#include "mail/mail.h"
#include "mail/transport.h"

/* How often sending a mail is tried before it is parked. */
#define MAIL_TRIES 8

/* A function that makes the content of a mail that mail_queue_deferred() queued `age_seconds` ago:
 * sets *words, in call->arena, and *wanted to true, or to false to drop the mail. `call` is this
 * try's unit of work, in a transaction. If it returns false, the sender tries again later. */
typedef bool mail_compose_fn(struct call *call, enum mail_kind kind, const char *recipient,
    int64_t age_seconds, struct mail_content *words, bool *wanted);

/* What the sender needs to know. */
struct mail_sender_settings {
    const char *base_url, *from; /* beginning of links; the sender's address */
    struct transport transport; /* how to send: by SMTP or SendGrid */
    mail_compose_fn *compose; /* makes the content of mails that were queued without one */
};

/* Start the thread, with a database session of its own that connects to `conninfo` (a libpq
 * connection string, copied) and reconnects when necessary. The settings and their texts are not
 * copied and must live until mail_sender_stop(). */
void mail_sender_start(const char *conninfo, const struct mail_sender_settings *settings);

/* Interrupt a transfer and end the thread. Does nothing if it was not started. */
void mail_sender_stop(void);

/* Send all mail that is due now, of all organisations, in the session of `call`, outside a
 * transaction. If a mail can't be sent, the reason is stored in its row and that is no failure.
 * Returns false with the fault (recorded error) of the database or of compose(). */
MUST_USE bool mail_sender_run_once(struct call *call, const struct mail_sender_settings *settings);

#endif

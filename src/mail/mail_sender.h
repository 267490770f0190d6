/*
 * Mail sender: a thread that sends the mail that is due.
 *
 * It takes a mail by postponing its time, in a transaction of its own, then sends it with no
 * transaction open, then deletes its row. So several servers can share the work, and a mail whose
 * server dies becomes due again a little later: each mail is sent at least once, always with the
 * same Message-ID. A mail that can't be sent is tried again after 1, 4, 16 ... minutes (at most 4
 * hours). It is parked, with the reason, if it was refused for good or after MAIL_TRIES tries.
 */
#ifndef MAIL_MAIL_SENDER_H
#define MAIL_MAIL_SENDER_H

#include "mail/mail.h"
#include "mail/transport.h"

#define MAIL_TRIES 8

/*
 * Make the content of a mail that was queued by mail_queue_deferred() `age_seconds` ago; set
 * *wanted to false to drop the mail. Called in a transaction, once per try.
 */
typedef bool mail_compose_fn(struct call *call, enum mail_kind kind, const char *recipient,
    int64_t age_seconds, struct mail_content *words, bool *wanted);

struct mail_sender_settings {
    const char *base_url, *from;
    struct transport transport;
    mail_compose_fn *compose;
};

/* The settings and their texts must live until mail_sender_stop(). */
void mail_sender_start(const char *conninfo, const struct mail_sender_settings *settings);
void mail_sender_stop(void);

/*
 * Send all mail that is due now. If a mail can't be sent, the reason is stored in its row.
 * FAULT_DATABASE.
 */
MUST_USE bool mail_sender_run_once(struct call *call, const struct mail_sender_settings *settings);

#endif

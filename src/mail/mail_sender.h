/*
 * Postman: a thread that sends the mail that is due.
 *
 * A mail is taken by moving its time on, in a transaction of its own; then it is sent, with no
 * transaction open; then its row goes. So several servers share the work, and a mail whose server
 * dies is due again a little later: it is sent at least once, under the same Message-ID. What can't
 * be sent is tried again after 1, 4, 16 ... minutes (at most 4 hours), and parked, with the reason,
 * when it was refused for good or tried MAIL_TRIES times.
 */
#ifndef MAIL_MAIL_SENDER_H
#define MAIL_MAIL_SENDER_H

#include "mail/mail.h"
#include "mail/transport.h"

#define MAIL_TRIES 8

/*
 * The words of a mail that was queued as a wish `age_seconds` ago; *wanted false drops it. In a
 * transaction; runs anew for each try.
 */
typedef bool mail_compose_fn(struct call *call, enum mail_kind kind, const char *recipient,
    int64_t age_seconds, struct mail_content *words, bool *wanted);

struct mail_sender_settings {
    const char *base_url, *from;
    struct transport transport;
    mail_compose_fn *compose;
};

/* The settings and their texts live until mail_sender_stop(). */
void mail_sender_start(const char *conninfo, const struct mail_sender_settings *settings);
void mail_sender_stop(void);

/* Send all that is due now. What goes wrong with a mail is noted in it. FAULT_DATABASE. */
MUST_USE bool mail_sender_run_once(struct call *call, const struct mail_sender_settings *settings);

#endif

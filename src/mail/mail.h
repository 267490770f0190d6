/*
 * Mail: queues the mails that the program sends to people, if mail is configured.
 *
 * A queued mail is a row, written in the transaction of the change that it is about, and sent later
 * by the mail sender (mail/mail_sender.h). So no change waits for a mail server, and no mail is
 * sent about a change that was rolled back. template.def has the texts. While mail is off nothing
 * is queued, so that nobody gets old news when it is switched on. `call` is the unit of work in
 * hand, such as a request; its transaction is the one that is written in.
 */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include "base/call.h"
#include "base/word_set.h"

/* What a mail is about; each kind has a template in template.def: MAIL_WELCOME and so on. */
enum mail_kind {
    MAIL_KIND_NONE, /* no kind */
#define MAIL(kind, name, subject, body) kind,
#include "mail/template.def"
#undef MAIL
    MAIL_KIND_COUNT /* how many values there are, with NONE */
};

/* The words of enum mail_kind ("welcome"), and of a queued mail's state ("waiting", "parked"). */
extern const struct word_set mail_kind_set, mail_state_set;

/* The text that replaces {name} in a mail's template, as in { "username", "asha" }. A value of NULL
 * is empty. */
struct mail_field {
    const char *name, *value;
};

/* Set the address that links in mails begin with, such as "https://bags.example.com"; NULL switches
 * mail off. The text is not copied. Called at start and stop, while no other thread uses mail. */
void mail_base_url_set(const char *base_url);

/* Whether mail is configured, so that mail_queue() has an effect. */
bool mail_is_on(void);

/* Queue a mail to the address `to`, made from the kind's template and the `count` fields, which
 * must include each that the template names, except base_url. Does nothing, and returns true, if
 * mail is off, or if `to` is NULL or not a valid address. Fails only if the database does. */
MUST_USE bool mail_queue(struct call *call, enum mail_kind kind, const char *to,
    const struct mail_field *fields, size_t count);

/* Queue a mail whose content is made when it is sent, by the sender's mail_compose_fn. Does
 * nothing, and returns true, if mail is off, or if `to` is NULL or not a valid address. Fails only
 * if the database does. */
MUST_USE bool mail_queue_deferred(struct call *call, enum mail_kind kind, const char *to);

/* Set the address that gets alerts for administrators; NULL for none. The text is not copied and
 * must live as long as the program. Called at start. */
void mail_admin_address_set(const char *address);

/* Queue a mail with this title and text to the address of mail_admin_address_set(). Does nothing,
 * and returns true, if mail is off or there is no address. Fails only if the database does. */
MUST_USE bool mail_queue_alert(struct call *call, const char *title, const char *message);

/* Whether it is one ASCII address without quotes or comments, as every mail server accepts. */
bool mail_address_is_valid(const char *address);

/* The text of a mail. */
struct mail_content {
    const char *subject, *body; /* UTF-8, plain text; lines of the body end with \n */
};

/* Fill in the template of a kind: each {name} becomes the value of the field with that name. The
 * fields must include each that the template names. The result is in the arena. */
struct mail_content mail_fill_template(
    struct arena *arena, enum mail_kind kind, const struct mail_field *fields, size_t count);

/* The word of a kind, such as "welcome"; NULL for MAIL_KIND_NONE. A static text. */
const char *mail_kind_name(enum mail_kind kind);

/* The kind with this word; MAIL_KIND_NONE for an unknown one. */
enum mail_kind mail_kind_from_name(const char *name);

#endif

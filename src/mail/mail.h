/*
 * Mail: the mails that the program sends to people, if mail is configured.
 *
 * A mail is a row, written in the transaction of the change that it is about, and sent by the mail
 * sender (mail/mail_sender.h). So no change waits for a mail server, and no mail is sent about a
 * change that was rolled back. template.def has the texts. While mail is off nothing is queued, so
 * that nobody gets old news when it is switched on.
 */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include "base/call.h"
#include "base/word_set.h"

enum mail_kind {
    MAIL_KIND_NONE,
#define MAIL(kind, name, subject, body) kind,
#include "mail/template.def"
#undef MAIL
    MAIL_KIND_COUNT
};

extern const struct word_set mail_kind_set, mail_state_set;

struct mail_field {
    const char *name, *value;
};

/* The address that links in mails begin with; NULL switches mail off. */
void mail_base_url_set(const char *base_url);
bool mail_is_on(void);

/*
 * Queue a mail to `to`, in the call's transaction. `fields` must have every field of the template.
 * Does nothing if mail is off, or if `to` is NULL or not an address.
 */
MUST_USE bool mail_queue(struct call *call, enum mail_kind kind, const char *to,
    const struct mail_field *fields, size_t count);

/* The same, but its content is made when it is sent, see mail_compose_fn. */
MUST_USE bool mail_queue_deferred(struct call *call, enum mail_kind kind, const char *to);

/*
 * The address that gets alerts for administrators; NULL for none. The text must live as long as the
 * program.
 */
void mail_admin_address_set(const char *address);

/* Queue an alert to that address. */
MUST_USE bool mail_queue_alert(struct call *call, const char *title, const char *message);

/*
 * Whether it is a single ASCII address without quotes or comments, which every mail server accepts.
 */
bool mail_address_is_valid(const char *address);

struct mail_content {
    const char *subject, *body;
};

/* The texts of a template, with its fields filled in. */
struct mail_content mail_fill(
    struct arena *arena, enum mail_kind kind, const struct mail_field *fields, size_t count);

const char *mail_kind_name(enum mail_kind kind);

/* MAIL_KIND_NONE for an unknown name. */
enum mail_kind mail_kind_from_name(const char *name);

#endif

/*
 * Mail: what the program writes to people, if it was told how to send it.
 *
 * A mail is a row, written in the transaction of the change that it tells of, and sent by the
 * postman (mail/mail_sender.h): no change waits for a mail server, and none is told that did not
 * happen. The words are in template.def. While mail is off nothing is written, so that nobody gets
 * old news when it is switched on.
 */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include "base/call.h"

enum mail_kind {
#define MAIL(kind, name, subject, body) kind,
#include "mail/template.def"
#undef MAIL
    MAIL_KINDS
};

struct mail_field {
    const char *name, *value;
};

/* Whether mail can be sent, and links of this base address be made (NULL: mail is off). */
void mail_base_url_set(const char *base_url);
bool mail_is_on(void);

/*
 * Write a mail to `to`, in the call's transaction. Every field that the template names is there.
 * While mail is off, or for an address that can't be one (NULL, too), nothing happens.
 */
MUST_USE bool mail_queue(struct call *call, enum mail_kind kind, const char *to,
    const struct mail_field *fields, size_t count);

/* The same, but its words are made when it is sent: see struct mail_sender_settings. */
MUST_USE bool mail_queue_deferred(struct call *call, enum mail_kind kind, const char *to);

/* Who is told of what waits for an administrator; NULL: nobody. As lasting as the program. */
void mail_admin_address_set(const char *address);

/* Write that to them, as mail_queue() does. */
MUST_USE bool mail_queue_alert(struct call *call, const char *title, const char *message);

/* One address of ASCII letters, as mail servers take it, without quotes or comments. */
bool mail_address_is_valid(const char *address);

struct mail_content {
    const char *subject, *body;
};

/* The words of a template, its fields filled in. */
struct mail_content mail_fill(
    struct arena *arena, enum mail_kind kind, const struct mail_field *fields, size_t count);

const char *mail_kind_name(enum mail_kind kind);

/* MAIL_KINDS when there is none of this name. */
enum mail_kind mail_kind_from_name(const char *name);

#endif

/*
 * Password reset: choosing a new password for an account through its e-mail address.
 *
 * A request only queues a mail, whatever address was given. Whether that address belongs to an
 * account is looked up later, by the mail sender, so neither the answer nor its timing reveals it.
 * The token of the link is made at that point too: it exists only in the mail, and the database
 * keeps its hash. It works once, within an hour.
 */
#ifndef ACCOUNT_PASSWORD_RESET_H
#define ACCOUNT_PASSWORD_RESET_H

#include "mail/mail.h"

#define PASSWORD_RESET_SECONDS 3600

/*
 * Queue the mail, in the call's organisation. FAULT_TOO_OFTEN; FAULT_BAD_FIELDS if it is not an
 * address.
 */
MUST_USE bool password_reset_request(struct call *call, const char *email);

/*
 * Set a new password with the token. All sessions of the user end, and a lock caused by wrong
 * passwords is lifted; an administrator's lock and the second factor stay. FAULT_TOO_OFTEN;
 * FAULT_FORBIDDEN if the token is unknown, used or expired; FAULT_BAD_FIELDS; FAULT_OVERLOADED.
 */
MUST_USE bool password_reset_complete(struct call *call, const char *token, const char *password);

/* Write the mail (a mail_compose_fn): makes the token, if an account has this address. */
MUST_USE bool password_reset_compose(struct call *call, const char *recipient, int64_t age_seconds,
    const char *base_url, struct mail_content *words, bool *wanted);

#endif

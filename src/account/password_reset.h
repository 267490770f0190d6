/*
 * Password reset: lets users who forgot their password choose a new one by a link in an e-mail.
 *
 * A request only queues a mail, whatever address was given. Whether that address belongs to an
 * account is looked up later, by the mail sender, so neither the answer nor its timing reveals it.
 * The link's token, a random secret, is made at that point too: it exists only in the mail, and the
 * database keeps its hash. It works once, within an hour.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database transaction, the organisation and, after a failure, the fault.
 */
#ifndef ACCOUNT_PASSWORD_RESET_H
#define ACCOUNT_PASSWORD_RESET_H

#include "mail/mail.h"

/* For how many seconds a link works; a mail that could not be sent for so long is dropped. */
#define PASSWORD_RESET_SECONDS 3600

/* Queue a mail with a link for the account of the call's organisation that has this address, if
 * there is one. FAULT_BAD_FIELDS if it is no e-mail address; FAULT_TOO_OFTEN after five requests an
 * hour from one client or for one address. */
MUST_USE bool password_reset_request(struct call *call, const char *email);

/* Set a new password with the token of a link. It ends all sessions and all links of the user, and
 * a lock by wrong passwords; the second factor stays. FAULT_FORBIDDEN if the token is unknown, used
 * or expired, or the account is not active; FAULT_BAD_FIELDS if the password is not allowed;
 * FAULT_TOO_OFTEN after ten tries a minute; FAULT_OVERLOADED if too many passwords are hashed. */
MUST_USE bool password_reset_complete(struct call *call, const char *token, const char *password);

/* Make the content of the mail to `recipient` that was requested `age_seconds` ago: create a token
 * and set *words, in call->arena, and *wanted. *wanted is false, and no mail is to be sent, if no
 * active account has this address or an hour has passed. `base_url`: the beginning of the link. */
MUST_USE bool password_reset_compose(struct call *call, const char *recipient, int64_t age_seconds,
    const char *base_url, struct mail_content *words, bool *wanted);

#endif

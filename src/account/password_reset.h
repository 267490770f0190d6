/*
 * Forgotten: a new password for whoever can read the account's mail.
 *
 * Asking for it only leaves a wish behind, the same for everybody: whether there is such an account
 * is found out later, by the postman, so neither the answer nor its time tells. The link's token
 * is made then, too: it is in the mail and nowhere else, the database has its hash. It is good
 * once, for an hour.
 */
#ifndef ACCOUNT_PASSWORD_RESET_H
#define ACCOUNT_PASSWORD_RESET_H

#include "mail/mail.h"

#define PASSWORD_RESET_SECONDS 3600

/* In the call's organisation. FAULT_TOO_OFTEN; FAULT_BAD_FIELDS for what is no address. */
MUST_USE bool password_reset_request(struct call *call, const char *email);

/*
 * Choose a new password with the token: all the user's sessions end, and what wrong passwords had
 * locked is open again. An administrator's lock and the second factor stay. FAULT_TOO_OFTEN;
 * FAULT_FORBIDDEN for a token that is not good (any more); FAULT_BAD_FIELDS; FAULT_OVERLOADED.
 */
MUST_USE bool password_reset_complete(struct call *call, const char *token, const char *password);

/* See mail_compose_fn: makes a token, if there is an account to make it for. */
MUST_USE bool password_reset_compose(struct call *call, const char *recipient, int64_t age_seconds,
    const char *base_url, struct mail_content *words, bool *wanted);

#endif

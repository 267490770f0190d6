/*
 * User: the accounts of people, and the creation of new ones.
 *
 * A user has one role: administrator, biller or dispatcher. A dispatcher may belong to an area, a
 * part of the organisation, and then sees only bags of that area or of none.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef USER_USER_H
#define USER_USER_H

#include "auth/hash_slots.h"
#include "auth/permission.h"
#include "base/call.h"
#include "mail/mail.h"

/* The input for a new user. */
struct user_draft {
    const char *username, *password; /* the password as typed; only its hash is stored */
    const char *email; /* NULL or "": none */
    enum role role;
    int64_t area_id; /* 0 for none; only a dispatcher has one */
    bool active; /* false: registered, and waits for an administrator's approval */
    bool temporary; /* the password was chosen by somebody else: the user must change it first */
};

/* Create a user (*id), with a note in the audit log and a welcome mail if active. `slot` says how
 * to wait while too many passwords are hashed at once. The caller has checked the password
 * (auth/password_rule.h). FAULT_BAD_FIELDS if name or e-mail address is malformed or taken;
 * FAULT_OVERLOADED if too many threads wait to hash. */
MUST_USE bool user_create(
    struct call *call, enum hash_slot slot, const struct user_draft *user, int64_t *id);

/* Create a user as user_create() does, except that a taken name or e-mail address is no fault:
 * *created is false and nothing is done. FAULT_BAD_FIELDS if one is malformed; FAULT_OVERLOADED. */
MUST_USE bool user_create_unless_taken(struct call *call, enum hash_slot slot,
    const struct user_draft *user, bool *created, int64_t *id);

/* What the screens show about the signed-in user. */
struct account {
    int64_t id;
    const char *username;
    enum role role;
    const char *area; /* the name of the user's area; NULL: none */
    const char *zone; /* the organisation's time zone, such as "Asia/Kolkata" */
    bool must_change_password; /* the password was chosen by somebody else */
};

/* Read the account of a user, deleted or not, into *account. FAULT_NOT_FOUND. */
MUST_USE bool user_find_account(struct call *call, int64_t user_id, struct account *account);

/* Check that a user name has 3 to 40 letters, digits, dots, dashes or underscores, all ASCII. Else
 * FAULT_BAD_FIELDS about the field `username`. */
MUST_USE bool user_check_name(struct call *call, const char *username);

/* Check that an e-mail address is valid, NULL or "". Else FAULT_BAD_FIELDS about the field `email`.
 */
MUST_USE bool user_check_email(struct call *call, const char *email);

/* Queue a mail of this kind to `email`; its template has the user name as its only field. Does
 * nothing if `email` is NULL or mail is switched off. */
MUST_USE bool user_send_mail(
    struct call *call, enum mail_kind kind, const char *username, const char *email);

#endif

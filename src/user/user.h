/*
 * User: the accounts of people.
 */
#ifndef USER_USER_H
#define USER_USER_H

#include "auth/hash_slots.h"
#include "auth/permission.h"
#include "base/call.h"
#include "mail/mail.h"

struct user_draft {
    const char *username, *password;
    const char *email; /* NULL or "": none */
    enum role role;
    int64_t area_id; /* 0 for none; only a dispatcher has one */
    bool active; /* false: registered, and waits for an administrator's approval */
    bool temporary; /* somebody else chose the password, so it must be changed */
};

/*
 * Create a user and note it in the audit log. The caller checks the password's rule
 * (auth/password_rule.h). FAULT_BAD_FIELDS if the name or e-mail address is malformed or taken,
 * FAULT_OVERLOADED.
 */
MUST_USE bool user_create(
    struct call *call, enum hash_slot slot, const struct user_draft *user, int64_t *id);

/* The same, but if the name or address is taken, there is no fault and *created is false. */
MUST_USE bool user_create_unless_taken(struct call *call, enum hash_slot slot,
    const struct user_draft *user, bool *created, int64_t *id);

/* What the pages show about the signed-in person. */
struct account {
    int64_t id;
    const char *username;
    enum role role;
    const char *area; /* NULL for none */
    const char *zone; /* the organisation's time zone */
    bool must_change_password;
};

/* The account of a user. FAULT_NOT_FOUND. */
MUST_USE bool user_find_account(struct call *call, int64_t user_id, struct account *account);

/* Checks the field `username`: 3 to 40 letters, digits, dots, dashes and underscores, all ASCII.
 * FAULT_BAD_FIELDS. */
MUST_USE bool user_check_name(struct call *call, const char *username);

/* Check that it is a valid address, NULL or "". FAULT_BAD_FIELDS about `email`. */
MUST_USE bool user_check_email(struct call *call, const char *email);

/*
 * Queue a mail whose only field is the user name. Does nothing without an address or if mail is
 * off.
 */
MUST_USE bool user_send_mail(
    struct call *call, enum mail_kind kind, const char *username, const char *email);

#endif

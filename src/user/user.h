/*
 * User: the people who may sign in.
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
    int64_t area_id; /* 0: none; only a dispatcher has one */
    bool active; /* false: has registered, and waits for an admin's approval */
    bool temporary; /* the password is somebody else's choice: another one has to follow */
};

/*
 * Create a user and note it in the audit log. The password's rule is for the caller to ask
 * (auth/password_rule.h). FAULT_BAD_FIELDS when name or e-mail address is malformed or taken,
 * FAULT_OVERLOADED.
 */
MUST_USE bool user_create(
    struct call *call, enum hash_slot slot, const struct user_draft *user, int64_t *id);

/* The same, but it is no fault when name or address is taken: *created is false then. */
MUST_USE bool user_create_unless_taken(struct call *call, enum hash_slot slot,
    const struct user_draft *user, bool *created, int64_t *id);

/* What the pages show of the person who is signed in. */
struct account {
    int64_t id;
    const char *username, *role;
    const char *area; /* NULL: none */
    const char *zone; /* the organisation's time zone */
    bool must_change_password;
};

MUST_USE bool user_find_account(struct call *call, int64_t user_id, struct account *account);

/* 3 to 40 letters, digits, dots, dashes and underscores, all ASCII. */
bool user_name_is_valid(const char *username);

/* The same said of the field `username`: FAULT_BAD_FIELDS. */
MUST_USE bool user_check_name(struct call *call, const char *username);

/* Something that mail could be sent to, or nothing (NULL, ""). FAULT_BAD_FIELDS about `email`. */
MUST_USE bool user_check_email(struct call *call, const char *email);

/* A mail that names nothing but the person. Without an address, or with mail off, nothing. */
MUST_USE bool user_send_mail(
    struct call *call, enum mail_kind kind, const char *username, const char *email);

#endif

/*
 * Profile: what signed-in users can see and change of their own account.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef ACCOUNT_PROFILE_H
#define ACCOUNT_PROFILE_H

#include "user/user_list.h"

/* A user's own account, as GET /api/profile shows it. */
struct profile {
    int64_t id;
    const char *username, *email, *area; /* NULL: no e-mail address; no area (a dispatcher's) */
    enum role role;
    const char *zone; /* the organisation's time zone, such as "Asia/Kolkata" */
    const char *created_at, *signed_in_at; /* when the account was created; the last sign-in */
};

/* The table of the members of struct profile (name, type, offset), by which its database row is
 * read and its JSON is written. */
extern const struct shape profile_shape;

/* Read the signed-in user's account into *profile. */
MUST_USE bool profile_find(struct call *call, struct profile *profile);

/* The changes that users make to their own account. */
struct profile_edit {
    const char *username, *email; /* NULL: no change; an empty email removes the address */
    const char *current; /* the present password; needed to change the address, because password
                            resets go there */
};

/* Change the signed-in user's account, and read the result into *profile. FAULT_BAD_FIELDS if a
 * name or address is malformed or taken, or `current` is needed and missing or wrong; FAULT_LOCKED
 * after five wrong passwords; FAULT_OVERLOADED if too many passwords are hashed at once. */
MUST_USE bool profile_update(
    struct call *call, const struct profile_edit *edit, struct profile *profile);

/* Replace the signed-in user's password, which is `current`, by `password`; ends all other sessions
 * of the user. FAULT_BAD_FIELDS if `current` is wrong, or `password` is not allowed or the old one;
 * FAULT_LOCKED after five wrong passwords; FAULT_OVERLOADED if too many are hashed at once. */
MUST_USE bool profile_set_password(struct call *call, const char *current, const char *password);

#endif

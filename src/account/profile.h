/*
 * Profile: the signed-in person's own account.
 */
#ifndef ACCOUNT_PROFILE_H
#define ACCOUNT_PROFILE_H

#include "user/user_list.h"

struct profile {
    int64_t id;
    const char *username, *email, *area;
    enum role role;
    const char *zone; /* the organisation's time zone */
    const char *created_at, *signed_in_at;
};

extern const struct shape profile_shape;

/* The caller's own account. */
MUST_USE bool profile_find(struct call *call, struct profile *profile);

struct profile_edit {
    const char *username, *email; /* NULL: no change; an empty email removes the address */
    const char *current; /* the present password; needed to change the address, because password
                            resets go there */
};

/*
 * FAULT_BAD_FIELDS, FAULT_OVERLOADED, and the faults of confirm_password() about `current` where it
 * is needed.
 */
MUST_USE bool profile_update(
    struct call *call, const struct profile_edit *edit, struct profile *profile);

/* A new password, instead of `current`; all other sessions of the caller end.
 * FAULT_BAD_FIELDS if `current` is wrong or the password is not allowed; FAULT_OVERLOADED. */
MUST_USE bool profile_set_password(struct call *call, const char *current, const char *password);

#endif

/*
 * Profile: one's own account.
 */
#ifndef USER_PROFILE_H
#define USER_PROFILE_H

#include "user/user_list.h"

struct profile {
    int64_t id;
    const char *username, *email, *role, *area;
    const char *zone; /* the organisation's time zone */
    const char *created_at, *signed_in_at;
};

extern const struct shape profile_shape;

MUST_USE bool profile_find(struct call *call, struct profile *profile);

/* NULL leaves what is there; "" takes the e-mail address away. FAULT_BAD_FIELDS. */
MUST_USE bool profile_alter(
    struct call *call, const char *username, const char *email, struct profile *profile);

/*
 * A new password, instead of `current`; all other sessions of the caller end. *refused has a code
 * when `current` is not the password, see user/confirm.h. FAULT_BAD_FIELDS, FAULT_OVERLOADED.
 */
MUST_USE bool profile_set_password(
    struct call *call, const char *current, const char *password, struct fault *refused);

#endif

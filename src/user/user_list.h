/*
 * User list: the people, as administrators see them.
 */
#ifndef USER_USER_LIST_H
#define USER_USER_LIST_H

#include "auth/permission.h"
#include "base/call.h"
#include "base/shape.h"
#include "user/user_state.h"

struct user {
    const char *cursor; /* where the next page starts */
    int64_t id;
    const char *username, *email, *area;
    enum role role;
    enum user_state state;
    const char *created_at, *signed_in_at;
    const char *locked_until; /* because of wrong passwords; NULL if not locked */
    int64_t sessions; /* open ones */
    bool two_factor; /* has a second factor */
};

/* What people see: all but `cursor`. */
extern const struct shape user_shape;

/* NULL matches everybody, except that deleted users are listed only if `state` asks for them. */
struct user_filter {
    const char *q; /* part of a name or e-mail address */
    const char *role, *state, *area;
    const char *after; /* a cursor */
    int64_t count;
};

/* Sorted by name. */
MUST_USE bool user_list(struct call *call, const struct user_filter *filter, struct list *users);

/* One user, deleted or not. FAULT_NOT_FOUND. */
MUST_USE bool user_find(struct call *call, int64_t id, struct user *user);

/* One user by name, ignoring case; not a deleted one. */
MUST_USE bool user_find_by_name(struct call *call, const char *username, struct user *user);

#endif

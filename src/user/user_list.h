/*
 * User list: the people, as administrators see them.
 */
#ifndef USER_USER_LIST_H
#define USER_USER_LIST_H

#include "base/call.h"
#include "base/shape.h"

struct user {
    const char *cursor; /* where the next page begins */
    int64_t id;
    const char *username, *email, *role, *area, *state;
    const char *created_at, *signed_in_at;
    const char *locked_until; /* by wrong passwords; NULL: not now */
    int64_t sessions; /* that are not over */
    bool two_factor; /* signs in with a code, too */
};

/* As people see it: without `cursor`. */
extern const struct shape user_shape;

/* NULL: anybody; but those who were deleted are only shown when they are asked for. */
struct user_filter {
    const char *q; /* a part of name or e-mail address */
    const char *role, *state, *area;
    const char *after; /* a cursor */
    int64_t count;
};

/* By name. */
MUST_USE bool user_list(struct call *call, const struct user_filter *filter, struct list *users);

/* One of them, deleted or not. FAULT_NOT_FOUND. */
MUST_USE bool user_find(struct call *call, int64_t id, struct user *user);

/* The same by name, in any case; nobody who was deleted. */
MUST_USE bool user_find_by_name(struct call *call, const char *username, struct user *user);

#endif

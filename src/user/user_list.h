/*
 * User list: the people, as administrators see them.
 */
#ifndef USER_USER_LIST_H
#define USER_USER_LIST_H

#include "auth/permission.h"
#include "base/call.h"
#include "base/shape.h"
#include "list/listing.h"
#include "user/user_state.h"

struct user {
    const char *key; /* its place in the list */
    int64_t id;
    const char *username, *email, *area;
    enum role role;
    enum user_state state;
    const char *created_at, *signed_in_at;
    const char *locked_until; /* because of wrong passwords; NULL if not locked */
    int64_t sessions; /* open ones */
    bool two_factor; /* has a second factor */
};

extern const struct shape user_shape;

/* NULL matches everybody, except that deleted users are listed only if `state` asks for them. */
struct user_filter {
    struct listing_span span;
    const char *after; /* somebody's `key` */
    const char *q; /* part of a name or e-mail address */
    const char *role, *state, *area;
};

extern const struct listing user_listing;

/* Sorted by name. */
MUST_USE bool user_list(struct call *call, const struct user_filter *filter, struct list *users);

/* One user, deleted or not. FAULT_NOT_FOUND. */
MUST_USE bool user_find(struct call *call, int64_t id, struct user *user);

/* One user by name, ignoring case; not a deleted one. */
MUST_USE bool user_find_by_name(struct call *call, const char *username, struct user *user);

#endif

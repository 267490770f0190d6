/*
 * User list: reads users as administrators see them, one by one or as a list.
 *
 * An area is a part of the organisation that a user with the role dispatcher may belong to. `call`
 * is the unit of work, such as a request: results live in call->arena.
 */
#ifndef USER_USER_LIST_H
#define USER_USER_LIST_H

#include "auth/permission.h"
#include "base/call.h"
#include "base/shape.h"
#include "list/listing.h"
#include "user/user_state.h"

/* A user as the API shows it. */
struct user {
    const char *key; /* list position: the name in lower case */
    int64_t id;
    const char *username, *email, *area; /* NULL: no e-mail address; no area */
    enum role role;
    enum user_state state; /* whether the account may be used */
    const char *created_at, *signed_in_at; /* times; the last sign-in, NULL: never */
    const char *locked_until; /* a time, if locked by wrong passwords; NULL: not locked by them */
    int64_t sessions; /* how many sessions are open */
    bool two_factor; /* has an active second factor */
};

/* The field table of struct user, by which rows are read and JSON is written. */
extern const struct shape user_shape;

/* The filter of user_listing: which users to return. NULL matches everybody, except that deleted
 * users are returned only if `state` is "deleted". */
struct user_filter {
    struct listing_span span; /* how many rows */
    const char *after; /* only users after this `key`; NULL: from the first */
    const char *q; /* part of the name or e-mail address */
    const char *role, *state, *area; /* words of role_set and user_state_set; name of an area */
};

/* The list of users for GET /api/users and for exports (see list/listing.h). */
extern const struct listing user_listing;

/* Read a page of users, sorted by name; *users has struct user. */
MUST_USE bool user_list(struct call *call, const struct user_filter *filter, struct list *users);

/* Read the user with this id, deleted or not, into *user. FAULT_NOT_FOUND if there is none. */
MUST_USE bool user_find(struct call *call, int64_t id, struct user *user);

/* Read the user with this name into *user; upper or lower case makes no difference. FAULT_NOT_FOUND
 * if there is none, or it was deleted. */
MUST_USE bool user_find_by_name(struct call *call, const char *username, struct user *user);

#endif

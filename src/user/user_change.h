/*
 * User change: what administrators do to accounts.
 *
 * Whoever changes an account holds the organisation's row until the end of the transaction, so such
 * changes come one after another, on all servers together: two administrators can't take the role
 * from each other at the same moment. There is always an active administrator. Every change is in
 * the audit log, and counts at once in sessions that are open, wherever.
 */
#ifndef USER_USER_CHANGE_H
#define USER_USER_CHANGE_H

#include "user/user_list.h"

/* NULL leaves what is there; "" of `email` and `area` takes it away. */
struct user_edit {
    const char *username, *email, *role;
    const char *area; /* by name; only a dispatcher has one, and loses it with the role */
    const char *state; /* "active" or "locked" */
    const char *password; /* its rule is asked here */
    bool temporary; /* that password is good until its owner has chosen another */
    const char *action; /* what the audit log calls it; NULL: what it is */
};

/*
 * Change the account; *user is what it is then. A lock and a new password end its sessions, but for
 * the caller's own. FAULT_BAD_FIELDS, FAULT_NOT_FOUND, FAULT_OVERLOADED; FAULT_REFUSED when no
 * active administrator would be left.
 */
MUST_USE bool user_update(
    struct call *call, int64_t id, const struct user_edit *edit, struct user *user);

/* Let somebody in who has registered. FAULT_REFUSED when he does not wait. */
MUST_USE bool user_approve(struct call *call, int64_t id, struct user *user);

/* Take away both locks: that of wrong passwords, and an administrator's. */
MUST_USE bool user_unlock(struct call *call, int64_t id, struct user *user);

/* End all sessions of somebody, the caller's own included. */
MUST_USE bool user_sign_out(struct call *call, int64_t id, int64_t *ended);

/*
 * Take away the second factor of somebody who has lost it; all sessions end, and the person is
 * told. FAULT_NOT_FOUND; FAULT_REFUSED when there is none, or it is the caller's own.
 */
MUST_USE bool user_remove_two_factor(struct call *call, int64_t id);

/*
 * The account is gone: its name and address are free, its sessions over, its history stays.
 * FAULT_NOT_FOUND; FAULT_REFUSED for the last active administrator.
 */
MUST_USE bool user_delete(struct call *call, int64_t id);

#endif

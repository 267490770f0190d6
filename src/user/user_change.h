/*
 * User change: what administrators do to accounts.
 *
 * Every change of an account locks the organisation's row until the end of the transaction, so such
 * changes happen one after another, on all servers together: two administrators can't take the role
 * from each other at the same moment. There is always an active administrator. Every change is in
 * the audit log, and applies at once to open sessions on every server.
 */
#ifndef USER_USER_CHANGE_H
#define USER_USER_CHANGE_H

#include "audit/audit.h"
#include "user/user_list.h"

/* NULL and 0: no change; "" removes `email` or `area`. */
struct user_edit {
    const char *username, *email;
    enum role role;
    const char *area; /* by name; only a dispatcher has one, and loses it with the role */
    enum user_state state; /* USER_STATE_ACTIVE or USER_STATE_LOCKED */
    const char *password; /* its rule is checked by user_update() */
    bool temporary; /* the owner must choose another password first */
    enum audit_action action; /* what is noted; 0: by the kind of change */
};

/*
 * Change the account; *user is the result. A lock or a new password ends its sessions, except the
 * caller's own. FAULT_BAD_FIELDS, FAULT_NOT_FOUND, FAULT_OVERLOADED; FAULT_REFUSED if no active
 * administrator would be left.
 */
MUST_USE bool user_update(
    struct call *call, int64_t id, const struct user_edit *edit, struct user *user);

/* Approve a registration. FAULT_REFUSED if the user is not waiting for approval. */
MUST_USE bool user_approve(struct call *call, int64_t id, struct user *user);

/* Remove both kinds of lock: the one by wrong passwords and the one by an administrator. */
MUST_USE bool user_unlock(struct call *call, int64_t id, struct user *user);

/* End all sessions of a user, even if it is the caller. */
MUST_USE bool user_sign_out(struct call *call, int64_t id, int64_t *ended);

/*
 * Remove the second factor of a user who has lost it; all their sessions end and they are notified.
 * FAULT_NOT_FOUND; FAULT_REFUSED if there is none, or if it is the caller's own.
 */
MUST_USE bool user_remove_two_factor(struct call *call, int64_t id);

/*
 * Delete the account: its name and address become free, its sessions end, its history stays.
 * FAULT_NOT_FOUND; FAULT_REFUSED for the last active administrator.
 */
MUST_USE bool user_delete(struct call *call, int64_t id);

#endif

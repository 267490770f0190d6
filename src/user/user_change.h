/*
 * User change: the changes that administrators make to accounts.
 *
 * Every change of an account locks the organisation's row until the end of the transaction, so such
 * changes happen one after another, on all servers together, and at least one active administrator
 * always remains. Every change is noted in the audit log, and applies at once to the user's open
 * sessions on every server. An area is a part of the organisation that a dispatcher may belong to.
 * FAULT_NOT_FOUND means that there is no such user, or that it was deleted.
 */
#ifndef USER_USER_CHANGE_H
#define USER_USER_CHANGE_H

#include "audit/audit.h"
#include "user/user_list.h"

/* The changes to an account. A member that is NULL or 0 stays unchanged. */
struct user_edit {
    const char *username, *email; /* "" removes the e-mail address */
    enum role role; /* a role other than dispatcher removes the area */
    const char *area; /* by name; "" removes it; only a dispatcher has one */
    enum user_state state; /* USER_STATE_ACTIVE or USER_STATE_LOCKED */
    const char *password; /* as typed; user_update() checks it by auth/password_rule.h */
    bool temporary; /* with a password only: the user must choose another one first */
    enum audit_action action; /* what the audit log calls it; 0: by the kind of change */
};

/* Change an account, and read the result into *user. A lock ends all its sessions, a new password
 * all but the caller's own. FAULT_NOT_FOUND; FAULT_BAD_FIELDS if a field is invalid or taken;
 * FAULT_REFUSED if no active administrator would be left; FAULT_OVERLOADED if too many passwords
 * are hashed at once. */
MUST_USE bool user_update(
    struct call *call, int64_t id, const struct user_edit *edit, struct user *user);

/* Activate an account that was registered and waits for approval, send a welcome mail, and read the
 * account into *user. FAULT_NOT_FOUND; FAULT_REFUSED if it does not wait. */
MUST_USE bool user_approve(struct call *call, int64_t id, struct user *user);

/* Remove both kinds of lock from an account, the one by wrong passwords and the one by an
 * administrator, and read the account into *user. FAULT_NOT_FOUND. */
MUST_USE bool user_unlock(struct call *call, int64_t id, struct user *user);

/* End all sessions of a user, even of the caller; *ended is their number. FAULT_NOT_FOUND. */
MUST_USE bool user_sign_out(struct call *call, int64_t id, int64_t *ended);

/* Remove the second factor (one-time codes) of a user who can't use it any more. Ends all sessions
 * of the user, who is notified. FAULT_NOT_FOUND; FAULT_REFUSED if the user has none, or is the
 * caller. */
MUST_USE bool user_remove_two_factor(struct call *call, int64_t id);

/* Delete an account: its sessions end, its name and e-mail address become free; the row stays for
 * the history. FAULT_NOT_FOUND; FAULT_REFUSED if no active administrator would be left. */
MUST_USE bool user_delete(struct call *call, int64_t id);

#endif

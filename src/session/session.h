/*
 * Session: who sent a request.
 *
 * The cookie holds `<org>.<session id>.<secret>.<signature>`. The signature (HMAC-SHA-256 with
 * SESSION_SECRET) allows rejecting forgeries without asking the database; the row decides whether
 * the session exists. A session that has ended has no row. Rows and accounts are cached per server
 * and kept up to date by LISTEN/NOTIFY (channel `account`); if the listener has shown no sign of
 * life for 5 s, nothing cached is trusted.
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "auth/permission.h"
#include "base/call.h"
#include "base/shape.h"

#define SESSION_COOKIE "tracetrack_session"

struct session_settings {
    const char *secret; /* the signing key; copied */
    int idle_seconds, absolute_seconds;
    bool admin_two_factor; /* administrators need a second factor */
};

struct session_view {
    struct person person; /* texts live as long as the arena that was passed */
    int64_t org_id;
    int idle_seconds, absolute_seconds; /* the limits */
    int idle_left, absolute_left; /* seconds */
    char csrf[33]; /* compare in constant time */
};

enum session_answer {
    SESSION_NONE, /* no cookie, a forged one, or its session has ended */
    SESSION_KNOWN,
    SESSION_NOT_CACHED, /* the signature is right but the cache can't tell: call session_load() on a
                           worker */
};

/* Set the key and the default time limits (auth/org_settings.h), and create the cache. */
void session_start(const struct session_settings *settings);
void session_stop(void);

/* Whether people of the organisation with this role must have a second factor. */
bool session_requires_two_factor(int64_t org_id, enum role role);

/*
 * Look a cookie value up in the cache. Never blocks. With `counts` the request counts as activity;
 * session_flush_activity() writes the new time to the row, at most once a minute. Texts are copied
 * to `arena`.
 */
enum session_answer session_find_cached(
    struct arena *arena, const char *cookie, bool counts, struct session_view *view);

/*
 * Load the session from the database into the cache and into *view; *known says whether there is
 * one. On a worker with call->db, inside or outside a transaction. FAULT_DATABASE.
 */
MUST_USE bool session_load(
    struct call *call, const char *cookie, bool counts, struct session_view *view, bool *known);

/* The call's own session, with its times and its CSRF token; does not count as activity. */
MUST_USE bool session_find_own(struct call *call, struct session_view *view);

/* Create a session for call->person: its row, and the cookie value to set. */
MUST_USE bool session_create(
    struct call *call, const char *device, const char **cookie, struct session_view *view);

/* End the call's own session, on every server. */
MUST_USE bool session_end(struct call *call);

/* End another session of the caller. FAULT_NOT_FOUND. */
MUST_USE bool session_end_by_id(struct call *call, int64_t session_id);

/*
 * End all sessions of a user except `except_id` (0: no exception). *ended (may be NULL) is their
 * number.
 */
MUST_USE bool session_end_all(
    struct call *call, int64_t user_id, int64_t except_id, int64_t *ended);

struct session_entry {
    int64_t id;
    const char *device, *address, *created_at, *used_at;
    bool current;
};

extern const struct shape session_entry_shape;

/* The caller's own sessions, the most recently used first. */
MUST_USE bool session_list(struct call *call, struct list *rows);

/*
 * Announce that the account's role, area, name or state changes in this transaction, so that every
 * server reads it again. Call it last, just before the commit.
 */
MUST_USE bool session_announce_change(struct call *call, int64_t user_id);

/* The sessions that may have changed or ended; 0 matches any. */
struct session_scope {
    int64_t org_id, user_id, id;
};

/*
 * For an `account` notification: stop trusting what is cached of "<org>", "<org>.<user>" or
 * "<org>.<user>.<session>"; "" means everything. Returns what the payload names.
 */
struct session_scope session_invalidate(const char *payload);

/* The listener is alive at this moment. */
void session_listener_alive(void);

/*
 * Write the activity times that have changed since the last flush to the rows of all organisations.
 */
MUST_USE bool session_flush_activity(struct call *call);

#endif

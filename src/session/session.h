/*
 * Session: who is asking.
 *
 * The cookie holds `<org>.<session id>.<secret>.<signature>`: the signature (HMAC-SHA-256 with
 * SESSION_SECRET) lets the door throw out forgeries without asking the database, the row decides.
 * A session that is over has no row. Rows and accounts are cached per server, kept true by
 * LISTEN/NOTIFY (channel `account`); when the feed is older than 5 s nothing cached is believed.
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
    struct person person; /* texts live as long as the arena they were asked with */
    int64_t org_id;
    int idle_seconds, absolute_seconds; /* the limits */
    int idle_left, absolute_left; /* seconds */
    char csrf[33]; /* compare in constant time */
};

enum session_answer {
    SESSION_NONE, /* no cookie, a forged one, or one whose session has ended */
    SESSION_KNOWN,
    SESSION_NOT_CACHED, /* genuine signature, but the cache can't tell: session_load() on a worker
                         */
};

void session_start(const struct session_settings *settings);
void session_stop(void);

/* How long a session lasts without a request, and at most. */
void session_time_limits(int *idle_seconds, int *absolute_seconds);

/* Whether somebody with this role needs a second factor. */
bool session_requires_two_factor(enum role role);

/*
 * What the cache says of a cookie value. Never blocks. `counts` makes the request count as activity
 * (the new time reaches the row at most once a minute, by session_flush_activity()). Texts go to
 * `arena`.
 */
enum session_answer session_find_cached(
    struct arena *arena, const char *cookie, bool counts, struct session_view *view);

/*
 * Ask the database, fill the cache, and answer: *known says whether there is such a session, and
 * *view is it. On a worker, call->db set, inside or outside a transaction. FAULT_DATABASE.
 */
MUST_USE bool session_load(
    struct call *call, const char *cookie, bool counts, struct session_view *view, bool *known);

/* The call's own session, with the row's times and the token; does not count as activity. */
MUST_USE bool session_find_own(struct call *call, struct session_view *view);

/* A session for call->person: the row, and the cookie value to set. */
MUST_USE bool session_create(
    struct call *call, const char *device, const char **cookie, struct session_view *view);

/* The call's own session is over, on every server. */
MUST_USE bool session_end(struct call *call);

/* Another session of the caller. FAULT_NOT_FOUND. */
MUST_USE bool session_end_by_id(struct call *call, int64_t session_id);

/* All sessions of a user, but for `except_id` (0: none). *ended (may be NULL) says how many. */
MUST_USE bool session_end_all(
    struct call *call, int64_t user_id, int64_t except_id, int64_t *ended);

struct session_entry {
    int64_t id;
    const char *device, *address, *created_at, *used_at;
    bool current;
};

extern const struct shape session_entry_shape;

/* The caller's own sessions, the one used last first. */
MUST_USE bool session_list(struct call *call, struct list *rows);

/*
 * Role, area, name or state of the account changes in this transaction: every server looks at it
 * anew. Call it last, just before the commit.
 */
MUST_USE bool session_announce_change(struct call *call, int64_t user_id);

/* Whose sessions may have changed, or may be over; 0 is any. */
struct session_scope {
    int64_t org_id, user_id, id;
};

/*
 * An `account` notification: "<org>", "<org>.<user>" or "<org>.<user>.<session>" may have changed.
 * "" forgets everything. Says what was doubted.
 */
struct session_scope session_invalidate(const char *payload);

/* The notification feed was alive now. */
void session_listener_alive(void);

/* Write the activity times that have changed since the last flush, of all organisations. */
MUST_USE bool session_flush_activity(struct call *call);

#endif

/*
 * Session: who is asking.
 *
 * The cookie holds `<org>.<session id>.<secret>.<signature>`: the signature (HMAC-SHA-256 with
 * SESSION_SECRET) lets the door throw out forgeries without asking the database, the row decides.
 * Rows and accounts are cached per server, kept true by LISTEN/NOTIFY (channel `account`); when the
 * feed is older than 5 s nothing cached is believed.
 */
#ifndef AUTH_SESSION_H
#define AUTH_SESSION_H

#include "base/call.h"

#define SESSION_COOKIE "tracetrack_session"

struct session_settings {
    const char *secret; /* the signing key */
    int idle_seconds, absolute_seconds;
};

struct session_view {
    struct person person; /* texts live as long as the arena they were asked with */
    int64_t org_id;
    int idle_left, absolute_left; /* seconds */
    char csrf[33];
};

enum session_answer {
    SESSION_NONE, /* no cookie, a forged one, or one whose session has ended */
    SESSION_KNOWN,
    SESSION_ASK, /* genuine signature, but the cache can't tell: session_load() on a worker */
};

void session_open(const struct session_settings *settings);
void session_close(void);

/*
 * What the cache says of a cookie value. Never blocks. `counts` makes the request count as activity
 * (the new time reaches the row at most once a minute, by session_flush()). Texts go to `arena`.
 */
enum session_answer session_look(
    struct arena *arena, const char *cookie, bool counts, struct session_view *view);

/* Ask the database and fill the cache. On a worker, call->db set. FAULT_DATABASE, or true. */
MUST_USE bool session_load(struct call *call, const char *cookie);

/* A session for the person: the row, and the cookie value to set. */
MUST_USE bool session_begin(
    struct call *call, const char *device, const char **cookie, struct session_view *view);

/* The call's own session is over, on every server. */
MUST_USE bool session_end(struct call *call);

/* An `account` notification: "<org>" or "<org>.<user>" may have changed. "" forgets everything. */
void session_forget(const char *payload);

/* The notification feed was alive now. */
void session_feed_alive(void);

/* Write the activity times that have changed since the last flush. */
MUST_USE bool session_flush(struct call *call);

#endif

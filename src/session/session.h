/*
 * Session: the signed-in sessions of users, and who sent a request.
 *
 * The cookie holds `<org>.<session id>.<secret>.<signature>`, where org is the organisation's id.
 * The signature (HMAC-SHA-256 with SESSION_SECRET) allows rejecting forgeries without asking the
 * database; a row of the database says whether the session exists. Rows and accounts are cached per
 * server. Changes are announced by LISTEN/NOTIFY (channel `account`); if the listener, the thread
 * that receives these, has shown no sign of life for 5 s, nothing cached is trusted. A session ends
 * when its row is deleted or a time limit has passed: idle (without a request) or absolute.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "auth/permission.h"
#include "base/call.h"
#include "base/shape.h"

/* The name of the cookie. */
#define SESSION_COOKIE "tracetrack_session"

/* The server's settings for sessions. */
struct session_settings {
    const char *secret; /* SESSION_SECRET, from which the signing key is derived; not kept */
    int idle_seconds, absolute_seconds; /* how long a session lasts: without a request; in total */
    bool admin_two_factor; /* administrators need a second factor */
};

/* A session as the rest of the program sees it. */
struct session_view {
    struct person person; /* the signed-in user; the texts live in the arena that was passed */
    int64_t org_id; /* the user's organisation */
    int idle_seconds, absolute_seconds; /* how long it lasts: without a request; in total */
    int idle_left, absolute_left; /* seconds until each limit ends it */
    char csrf[33]; /* the CSRF token that its requests must have; compare in constant time */
};

/* What the cache knows about a cookie. */
enum session_answer {
    SESSION_NONE, /* there is no session: no cookie, a forged one, or its session has ended */
    SESSION_KNOWN, /* there is one */
    SESSION_NOT_CACHED, /* signed by us, but not in the cache: ask the database by session_load() */
};

/* Start this module, once, before there are other threads: set the key that signs cookies and the
 * default time limits (auth/org_settings.h), and create the cache, which session_stop() frees. Of
 * the settings nothing is kept, so they need not outlive the call. */
void session_start(const struct session_settings *settings);

/* Free the cache, when the server stops. */
void session_stop(void);

/* Whether users of the organisation with this role must have a second factor (one-time codes). */
bool session_requires_two_factor(int64_t org_id, enum role role);

/* Look a cookie value up in the cache, without the database; NULL is SESSION_NONE. With
 * SESSION_KNOWN, *view is set and its texts are in `arena`. `counts`: the request is activity of
 * the user, so the idle time starts again; session_flush_activity() stores that later. */
enum session_answer session_find_cached(
    struct arena *arena, const char *cookie, bool counts, struct session_view *view);

/* Read the session of a cookie from the database, after SESSION_NOT_CACHED, and put it into the
 * cache. *known says whether there is one; then *view is set. `counts`: the request is activity of
 * the user. Runs inside or outside a transaction. FAULT_DATABASE if the database fails. */
MUST_USE bool session_load(
    struct call *call, const char *cookie, bool counts, struct session_view *view, bool *known);

/* Read the session that the request came with into *view. It does not count as activity.
 * FAULT_NOT_FOUND if it has just ended. */
MUST_USE bool session_find_own(struct call *call, struct session_view *view);

/* Create a session for the user in call->person, who has just signed in: insert its row, and set
 * *cookie to the cookie's value (in call->arena) and *view. `device` is the User-Agent header; NULL
 * for none. FAULT_INTERNAL if there are no random bytes. */
MUST_USE bool session_create(
    struct call *call, const char *device, const char **cookie, struct session_view *view);

/* End the session that the request came with, on every server. FAULT_NOT_FOUND if it has ended. */
MUST_USE bool session_end(struct call *call);

/* End one session of the signed-in user, on every server. FAULT_NOT_FOUND if it is not theirs. */
MUST_USE bool session_end_by_id(struct call *call, int64_t session_id);

/* End all sessions of a user, on every server, except the one with the id `except_id` (0: no
 * exception). *ended is how many were ended; `ended` may be NULL. */
MUST_USE bool session_end_all(
    struct call *call, int64_t user_id, int64_t except_id, int64_t *ended);

/* A session in the list that its user sees. */
struct session_entry {
    int64_t id;
    /* The User-Agent header and the client's address when it was created; times: when it was
     * created, and when it was last used, up to a minute old. */
    const char *device, *address, *created_at, *used_at;
    bool current; /* the request came with this one */
};

/* The field table of struct session_entry, by which rows are read and JSON is written. */
extern const struct shape session_entry_shape;

/* Read the signed-in user's open sessions, the most recently used first, at most 200. *rows has
 * struct session_entry, in call->arena. */
MUST_USE bool session_list(struct call *call, struct list *rows);

/* Announce that the user's role, area, name, state or second factor changes in this transaction, so
 * that every server reads it again. Call it last: the commit must follow within two seconds. */
MUST_USE bool session_announce_change(struct call *call, int64_t user_id);

/* A set of sessions: those of one organisation, one user, or one session; 0 matches any. */
struct session_scope {
    int64_t org_id, user_id, id;
};

/* Handle a notification of the channel `account`: mark the sessions that its payload names as out
 * of date in the cache. The payload is "<org>", "<org>.<user>" or "<org>.<user>.<session>", all
 * ids; "" means all sessions. Returns what the payload names. */
struct session_scope session_invalidate(const char *payload);

/* Called by the listener about once a second. Without it for 5 s, nothing cached is trusted. */
void session_listener_alive(void);

/* Store when sessions were last used, for all organisations: those whose rows are at least a minute
 * behind the cache (a quarter of the idle limit, if that is less). Called regularly. */
MUST_USE bool session_flush_activity(struct call *call);

#endif

/*
 * Session cache: this server's memory of recently used sessions, so that most requests need no
 * database query to know who sent them.
 *
 * It is a hash table of fixed size, a set-associative cache: each session has a set of 8 entries,
 * and if that is full, the entry that was looked up longest ago is replaced. An entry keeps the
 * cookie that it was verified with, so a known cookie costs a comparison instead of a signature
 * check. An entry that may differ from its row in the database is marked stale and not removed,
 * because it has the time of the last use, which the row may not have yet.
 *
 * A session is identified by its organisation's id and its own. All times are microseconds of
 * clock_us(). Thread-safe; nothing here waits for anything but a short mutex.
 */
#ifndef SESSION_SESSION_CACHE_H
#define SESSION_SESSION_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/session_cookie.h"

/* What is cached of a session and of its user's account. */
struct cached_session {
    int64_t org_id, id; /* of the session */
    int64_t user_id, area_id; /* the user's area, a part of the organisation; 0: none */
    int64_t created_us, used_us; /* when it was created and last used */
    int role; /* enum role of auth/permission.h */
    bool two_factor, must_change_password; /* has a second factor; a password set by others */
    bool ended; /* because of the row, the account's state, or a time limit */
    char name[48]; /* the user name */
    char csrf[33]; /* the CSRF token that its requests must have */
    char cookie[SESSION_COOKIE_MAX]; /* the cookie that was verified */
};

/* A lookup: which session, and by which request. */
struct session_cache_query {
    int64_t org_id, id; /* of the session, from the cookie */
    const char *cookie; /* as it was sent */
    int64_t now_us; /* the present time */
    bool counts; /* the request counts as activity, so the idle time starts again */
    bool trusts_cache; /* false: changes may have been missed, so CACHE_KNOWN becomes CACHE_STALE */
};

/* The result of a lookup. */
enum session_cache_result {
    CACHE_UNKNOWN, /* not in the cache with this cookie */
    CACHE_STALE, /* in the cache, but it may have changed or may be idle: read the row */
    CACHE_ENDED, /* the session has ended */
    CACHE_KNOWN, /* the session is open, and the entry can be trusted */
};

/* Create the cache, once, before any other function here is called; session_cache_stop() frees it.
 * The time limits of its sessions are those of auth/org_settings.h. */
void session_cache_start(void);

/* Free the cache, when the server stops. */
void session_cache_stop(void);

/* Look a session up. With CACHE_KNOWN, *found is a copy of its entry, and the use is noted. */
enum session_cache_result session_cache_find(
    const struct session_cache_query *question, struct cached_session *found);

/* A number that grows whenever sessions are invalidated. Call it before reading a session's row,
 * and pass it to session_cache_put(), which so notices that the row may have changed since. */
uint64_t session_cache_generation(void);

/* Store in the cache what was read from the database (*fresh). *found is a copy of the new entry;
 * its time of use is the later one of the row's and the cache's. Returns CACHE_KNOWN, or
 * CACHE_ENDED if the session has ended. If the row may have changed meanwhile, the entry is stale.
 */
enum session_cache_result session_cache_put(const struct session_cache_query *question,
    const struct cached_session *fresh, uint64_t generation, struct cached_session *found);

/* Mark the sessions of this organisation, user and id, where 0 matches any, as stale: what is
 * cached of them is not trusted until their rows were read again. */
void session_cache_invalidate(int64_t org_id, int64_t user_id, int64_t id);

/* Mark sessions as stale as session_cache_invalidate() does, for a change that is not committed
 * yet: until the time `until_us` even what is read from the database is not trusted. */
void session_cache_invalidate_until(int64_t org_id, int64_t user_id, int64_t id, int64_t until_us);

/* When the session was last used, as far as this server knows; 0 if it is not in the cache. */
int64_t session_cache_last_use(int64_t org_id, int64_t id);

/* When a session was last used. */
struct session_use {
    int64_t org_id, id; /* of the session */
    int64_t used_us;
};

/* Collect sessions whose time of last use is at least a minute newer than in their row (or a
 * quarter of the idle limit, if that is less): up to `most`, all of one organisation. Returns how
 * many. */
size_t session_cache_unsaved_uses(struct session_use *uses, size_t most);

/* Record that these times were written to the rows, so that session_cache_unsaved_uses() does not
 * return them again. */
void session_cache_mark_saved(const struct session_use *uses, size_t count);

#endif

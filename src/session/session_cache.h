/*
 * Session cache: what this server knows about recently used sessions.
 *
 * It is a table of fixed size, in small sets; several sets share a lock. If a set is full, the
 * entry that was looked up longest ago is replaced. An entry keeps the cookie that it was verified
 * with, so a known cookie costs a comparison instead of a signature check. An entry that may have
 * changed is marked stale and not removed: the time of its last use, which the row doesn't have
 * yet, must not get lost.
 *
 * The caller passes times of clock_us(). From any thread; nothing in here blocks.
 */
#ifndef SESSION_SESSION_CACHE_H
#define SESSION_SESSION_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/session_cookie.h"

struct cached_session {
    int64_t org_id, id;
    int64_t user_id, area_id;
    int64_t created_us, used_us;
    int role;
    bool two_factor, must_change_password;
    bool ended; /* because of the row, the account's state, or a time limit */
    char name[48];
    char csrf[33];
    char cookie[SESSION_COOKIE_MAX];
};

struct cache_question {
    int64_t org_id, id;
    const char *cookie;
    int64_t now_us;
    bool counts; /* the request counts as activity */
    bool trusts_cache; /* false: the listener shows no sign of life, so anything may have changed */
};

enum cache_answer {
    CACHE_UNKNOWN, /* not in the cache with this cookie */
    CACHE_STALE, /* in the cache, but may have changed */
    CACHE_ENDED,
    CACHE_KNOWN,
};

/* Create the cache. The time limits of its sessions are those of auth/org_settings.h. */
void session_cache_start(void);
void session_cache_stop(void);

/* With CACHE_KNOWN, *found is a copy of the entry. */
enum cache_answer session_cache_find(
    const struct cache_question *question, struct cached_session *found);

/*
 * Called before the row is read, so that session_cache_put() can tell whether the row may have
 * changed since.
 */
uint64_t session_cache_generation(void);

/*
 * Store what was read from the database. Returns CACHE_ENDED, or CACHE_KNOWN with the new entry in
 * *found; its time of use is the later one of the row's and the cache's.
 */
enum cache_answer session_cache_put(const struct cache_question *question,
    const struct cached_session *fresh, uint64_t generation, struct cached_session *found);

/* These sessions may have changed; 0 matches any. */
void session_cache_invalidate(int64_t org_id, int64_t user_id, int64_t id);

/* These sessions are about to change, and 0 stands for any: what the cache has of them is out of
 * date, and so is what is read from the database until `until_us` (clock_us()), as the change may
 * not be committed yet. */
void session_cache_invalidate_until(int64_t org_id, int64_t user_id, int64_t id, int64_t until_us);

/* When the session was last used on this server; 0 if unknown. */
int64_t session_cache_last_use(int64_t org_id, int64_t id);

struct session_use {
    int64_t org_id, id;
    int64_t used_us;
};

/* Up to `most` times of use, all of one organisation, that the rows don't have yet. */
size_t session_cache_unsaved_uses(struct session_use *uses, size_t most);
void session_cache_mark_saved(const struct session_use *uses, size_t count);

#endif

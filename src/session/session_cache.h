/*
 * Session cache: what this server knows of the sessions it has seen.
 *
 * A table of fixed size, in small sets with a lock for every few of them; in a full set the session
 * that was asked for longest ago makes room. An entry keeps the cookie it was verified with, so a
 * known cookie costs a comparison instead of a signature. An entry that may have changed is not
 * removed but doubted: the time of its last use, which the row doesn't know yet, must not get lost.
 *
 * Times are of clock_us(), and given by the caller. From any thread; nothing in here blocks.
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
    bool ended; /* by the row, or the account's state, or a limit */
    char name[48];
    char csrf[33];
    char cookie[SESSION_COOKIE_MAX];
};

struct cache_question {
    int64_t org_id, id;
    const char *cookie;
    int64_t now_us;
    bool counts; /* as activity */
    bool trusts_cache; /* false: the feed is silent, so anything may have changed */
};

enum cache_answer {
    CACHE_UNKNOWN, /* never seen with this cookie */
    CACHE_STALE, /* seen, but may have changed */
    CACHE_ENDED,
    CACHE_KNOWN,
};

void session_cache_start(int64_t idle_us, int64_t absolute_us);
void session_cache_stop(void);

/* CACHE_KNOWN: *found is a copy. */
enum cache_answer session_cache_find(
    const struct cache_question *question, struct cached_session *found);

/* Taken before the row is read: tells session_cache_put() if the row may have changed since. */
uint64_t session_cache_generation(void);

/*
 * What the database says. CACHE_ENDED, or CACHE_KNOWN and *found as it stands now: with the latest
 * time of use that either knows.
 */
enum cache_answer session_cache_put(const struct cache_question *question,
    const struct cached_session *fresh, uint64_t generation, struct cached_session *found);

/* These may have changed; 0 is any. */
void session_cache_invalidate(int64_t org_id, int64_t user_id, int64_t id);

/* They are about to change: don't believe what is read before `until_us`, either. */
void session_cache_invalidate_until(int64_t org_id, int64_t user_id, int64_t id, int64_t until_us);

/* When the session was used last, as far as this server knows; 0 when it doesn't. */
int64_t session_cache_last_use(int64_t org_id, int64_t id);

struct session_use {
    int64_t org_id, id;
    int64_t used_us;
};

/* Up to `most` uses of one organisation that the rows don't know yet. */
size_t session_cache_unsaved_uses(struct session_use *uses, size_t most);
void session_cache_mark_saved(const struct session_use *uses, size_t count);

#endif

#include "session/session_cache.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "auth/org_settings.h"

/* 32,768 entries; memory that no session ever came to is never touched. */
#define SETS 4096
#define SESSION_CACHE_WAYS 8
#define LOCKS 64

#define SECOND_US ((int64_t)1000000)

/* Uses are written once a minute, or often enough for another server to see them in time. */
#define SAVE_US (60 * SECOND_US)

struct entry {
    struct cached_session session;
    int64_t saved_us; /* of the uses, the one that the row knows */
    int64_t looked_us;
    int64_t stale_until_us;
    bool stale;
};

static struct {
    struct entry (*sets)[SESSION_CACHE_WAYS];
    pthread_mutex_t locks[LOCKS];
    atomic_uint_fast64_t generation;
} cache;

void session_cache_start(void)
{
    assert(!cache.sets);
    cache.sets = calloc(SETS, sizeof *cache.sets);
    if (!cache.sets)
        abort();

    for (int i = 0; i < LOCKS; i++)
        pthread_mutex_init(&cache.locks[i], NULL);
}

void session_cache_stop(void)
{
    for (int i = 0; i < LOCKS && cache.sets; i++)
        pthread_mutex_destroy(&cache.locks[i]);
    free(cache.sets);
    cache.sets = NULL;
}

static size_t set_of(int64_t org_id, int64_t id)
{
    const uint64_t mixed =
        ((uint64_t)org_id * 0x9e3779b97f4a7c15U + (uint64_t)id) * 0xd6e8feb86659fd93U;

    return mixed >> 52; /* 12 bits: SETS */
}

static pthread_mutex_t *lock_set(size_t set)
{
    pthread_mutex_t *lock = &cache.locks[set % LOCKS];

    pthread_mutex_lock(lock);
    return lock;
}

static struct entry *session_cache_find_entry(size_t set, int64_t org_id, int64_t id)
{
    for (struct entry *entry = cache.sets[set]; entry < cache.sets[set] + SESSION_CACHE_WAYS;
         entry++)
        if (entry->session.id == id && entry->session.org_id == org_id)
            return entry;
    return NULL;
}

/* The session's own entry, a free one, or the one that was asked for longest ago. */
static struct entry *find_room(size_t set, int64_t org_id, int64_t id)
{
    struct entry *room = session_cache_find_entry(set, org_id, id);

    if (room)
        return room;

    room = cache.sets[set];
    for (struct entry *entry = room + 1; entry < cache.sets[set] + SESSION_CACHE_WAYS; entry++)
        if (entry->looked_us < room->looked_us)
            room = entry;

    *room = (struct entry){ .session = { .org_id = org_id, .id = id } };
    return room;
}

static bool session_cache_is_same(const char *one, const char *other)
{
    const size_t length = strlen(one);

    return length == strlen(other) && CRYPTO_memcmp(one, other, length) == 0;
}

static int64_t session_cache_idle_us(int64_t org_id)
{
    return org_settings_of(org_id).idle_seconds * SECOND_US;
}

/* How old an unwritten use may become. */
static int64_t session_cache_save_us(int64_t org_id)
{
    const int64_t quarter_us = session_cache_idle_us(org_id) / 4;

    return quarter_us < SAVE_US ? quarter_us : SAVE_US;
}

static bool is_too_old(const struct cached_session *session, int64_t now_us)
{
    return now_us - session->created_us
        >= org_settings_of(session->org_id).absolute_seconds * SECOND_US;
}

static bool is_idle(const struct cached_session *session, int64_t now_us)
{
    return now_us - session->used_us >= session_cache_idle_us(session->org_id);
}

/* Idle here may be busy on another server: only the row can tell. */
static enum session_cache_result session_cache_judge(
    const struct entry *entry, const struct session_cache_query *question)
{
    const struct cached_session *session = &entry->session;
    const int64_t now_us = question->now_us;

    if (is_too_old(session, now_us))
        return CACHE_ENDED;
    if (entry->stale || now_us < entry->stale_until_us)
        return CACHE_STALE;
    if (session->ended)
        return CACHE_ENDED;
    return question->trusts_cache && !is_idle(session, now_us) ? CACHE_KNOWN : CACHE_STALE;
}

static void use(struct entry *entry, const struct session_cache_query *question)
{
    entry->looked_us = question->now_us;
    if (question->counts && question->now_us > entry->session.used_us)
        entry->session.used_us = question->now_us;
}

enum session_cache_result session_cache_find(
    const struct session_cache_query *question, struct cached_session *found)
{
    const size_t set = set_of(question->org_id, question->id);
    enum session_cache_result answer = CACHE_UNKNOWN;

    if (!cache.sets)
        return answer;

    pthread_mutex_t *lock = lock_set(set);
    struct entry *entry = session_cache_find_entry(set, question->org_id, question->id);

    if (entry && session_cache_is_same(entry->session.cookie, question->cookie))
        answer = session_cache_judge(entry, question);
    if (answer == CACHE_KNOWN) {
        use(entry, question);
        *found = entry->session;
    }
    pthread_mutex_unlock(lock);
    return answer;
}

uint64_t session_cache_generation(void)
{
    return atomic_load(&cache.generation);
}

enum session_cache_result session_cache_put(const struct session_cache_query *question,
    const struct cached_session *fresh, uint64_t generation, struct cached_session *found)
{
    const size_t set = set_of(question->org_id, question->id);
    pthread_mutex_t *lock = lock_set(set);
    struct entry *entry = find_room(set, question->org_id, question->id);
    struct cached_session *session = &entry->session;
    const int64_t used_us = session->used_us;

    *session = *fresh;
    entry->saved_us = fresh->used_us;
    entry->stale = generation != atomic_load(&cache.generation);
    if (used_us > session->used_us)
        session->used_us = used_us;

    if (is_too_old(session, question->now_us) || is_idle(session, question->now_us))
        session->ended = true;
    if (!session->ended)
        use(entry, question);

    *found = *session;
    pthread_mutex_unlock(lock);
    return found->ended ? CACHE_ENDED : CACHE_KNOWN;
}

static void invalidate_set(
    size_t set, int64_t org_id, int64_t user_id, int64_t id, int64_t until_us)
{
    pthread_mutex_t *lock = lock_set(set);

    for (struct entry *entry = cache.sets[set]; entry < cache.sets[set] + SESSION_CACHE_WAYS;
         entry++) {
        const struct cached_session *session = &entry->session;

        if ((org_id && session->org_id != org_id) || (user_id && session->user_id != user_id)
            || (id && session->id != id) || !session->id)
            continue;
        entry->stale = true;
        if (until_us > entry->stale_until_us)
            entry->stale_until_us = until_us;
    }
    pthread_mutex_unlock(lock);
}

void session_cache_invalidate_until(int64_t org_id, int64_t user_id, int64_t id, int64_t until_us)
{
    if (!cache.sets)
        return;

    /*
     * First of all, so that a thread that is reading a row now notices it in session_cache_put().
     */
    atomic_fetch_add(&cache.generation, 1);

    if (org_id && id) {
        invalidate_set(set_of(org_id, id), org_id, user_id, id, until_us);
        return;
    }
    for (size_t set = 0; set < SETS; set++)
        invalidate_set(set, org_id, user_id, id, until_us);
}

void session_cache_invalidate(int64_t org_id, int64_t user_id, int64_t id)
{
    session_cache_invalidate_until(org_id, user_id, id, 0);
}

int64_t session_cache_last_use(int64_t org_id, int64_t id)
{
    const size_t set = set_of(org_id, id);
    pthread_mutex_t *lock = lock_set(set);
    const struct entry *entry = session_cache_find_entry(set, org_id, id);
    const int64_t used_us = entry ? entry->session.used_us : 0;

    pthread_mutex_unlock(lock);
    return used_us;
}

static size_t unsaved_of_set(size_t set, struct session_use *uses, size_t count, size_t most)
{
    pthread_mutex_t *lock = lock_set(set);

    for (struct entry *entry = cache.sets[set]; entry < cache.sets[set] + SESSION_CACHE_WAYS;
         entry++) {
        const struct cached_session *session = &entry->session;

        if (count == most || !session->id || session->ended
            || session->used_us - entry->saved_us < session_cache_save_us(session->org_id)
            || (count && session->org_id != uses[0].org_id))
            continue;
        uses[count++] = (struct session_use){ session->org_id, session->id, session->used_us };
    }
    pthread_mutex_unlock(lock);
    return count;
}

size_t session_cache_unsaved_uses(struct session_use *uses, size_t most)
{
    size_t count = 0;

    for (size_t set = 0; set < SETS && cache.sets; set++)
        count = unsaved_of_set(set, uses, count, most);
    return count;
}

void session_cache_mark_saved(const struct session_use *uses, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const size_t set = set_of(uses[i].org_id, uses[i].id);
        pthread_mutex_t *lock = lock_set(set);
        struct entry *entry = session_cache_find_entry(set, uses[i].org_id, uses[i].id);

        if (entry && uses[i].used_us > entry->saved_us)
            entry->saved_us = uses[i].used_us;
        pthread_mutex_unlock(lock);
    }
}

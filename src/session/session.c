#include "session/session.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "auth/org_settings.h"
#include "auth/permission.h"
#include "base/clock.h"
#include "base/text.h"
#include "db/db.h"
#include "session/session.sql.h"
#include "session/session_cache.h"
#include "session/session_cookie.h"

#define SECOND_US ((int64_t)1000000)
#define FEED_SILENCE_US (5 * SECOND_US)

static struct {
    atomic_int_fast64_t feed_alive_us;
} sessions;

struct session_row {
    int64_t user_id, area_id, created_ago_us, used_ago_us;
    const char *name, *secret_hash;
    enum role role;
    bool active, two_factor, must_change_password;
};

static const struct field session_row_fields[] = {
    FIELD(struct session_row, user_id),
    FIELD(struct session_row, name),
    FIELD_OF(struct session_row, role, role_set),
    FIELD(struct session_row, area_id),
    FIELD(struct session_row, active),
    FIELD(struct session_row, must_change_password),
    FIELD(struct session_row, two_factor),
    FIELD(struct session_row, secret_hash),
    FIELD(struct session_row, created_ago_us),
    FIELD(struct session_row, used_ago_us),
};

static const struct shape session_row_shape = SHAPE(struct session_row, session_row_fields);

void session_start(const struct session_settings *settings)
{
    struct org_settings *defaults = org_settings_defaults();

    defaults->idle_seconds = settings->idle_seconds;
    defaults->absolute_seconds = settings->absolute_seconds;
    defaults->admin_two_factor = settings->admin_two_factor;
    atomic_store(&sessions.feed_alive_us, 0);
    session_key_set(settings->secret);
    session_cache_start();
}

void session_stop(void)
{
    session_cache_stop();
}

bool session_requires_two_factor(int64_t org_id, enum role role)
{
    return org_settings_of(org_id).admin_two_factor && role == ROLE_ADMIN;
}

void session_listener_alive(void)
{
    atomic_store(&sessions.feed_alive_us, clock_us());
}

/* At the very start, and in tests, there is no feed yet. */
static bool feed_is_alive(int64_t now_us)
{
    const int64_t alive_us = atomic_load(&sessions.feed_alive_us);

    return alive_us && now_us - alive_us < FEED_SILENCE_US;
}

static int seconds_left(int64_t limit_seconds, int64_t since_us, int64_t now_us)
{
    const int64_t left = limit_seconds - (now_us - since_us) / SECOND_US;

    return left > 0 ? (int)left : 0;
}

static void view_fill(struct arena *arena, const struct cached_session *session, int64_t now_us,
    struct session_view *view)
{
    const struct org_settings limits = org_settings_of(session->org_id);

    *view = (struct session_view) {
        .person = {
            .id = session->user_id,
            .area_id = session->area_id,
            .session_id = session->id,
            .role = session->role,
            .must_change_password = session->must_change_password,
            .lacks_two_factor = session_requires_two_factor(session->org_id, (enum role)session->role)
                && !session->two_factor,
            .name = arena_text(arena, session->name),
        },
        .org_id = session->org_id,
        .idle_seconds = (int)limits.idle_seconds,
        .absolute_seconds = (int)limits.absolute_seconds,
        .idle_left = seconds_left(limits.idle_seconds, session->used_us, now_us),
        .absolute_left = seconds_left(limits.absolute_seconds, session->created_us, now_us),
    };
    memcpy(view->csrf, session->csrf, sizeof view->csrf);
}

enum session_answer session_find_cached(
    struct arena *arena, const char *cookie, bool counts, struct session_view *view)
{
    struct session_claim claim;
    struct cached_session found;

    if (!cookie || !session_cookie_parse(cookie, &claim))
        return SESSION_NONE;

    const int64_t now_us = clock_us();
    const struct session_cache_query question = { claim.org_id, claim.id, cookie, now_us, counts,
        feed_is_alive(now_us) };

    switch (session_cache_find(&question, &found)) {
    case CACHE_UNKNOWN:
        return session_cookie_is_signed(cookie) ? SESSION_NOT_CACHED : SESSION_NONE;
    case CACHE_STALE:
        return SESSION_NOT_CACHED;
    case CACHE_ENDED:
        return SESSION_NONE;
    case CACHE_KNOWN:
        break;
    }
    view_fill(arena, &found, now_us, view);
    return SESSION_KNOWN;
}

static void session_from_row(int64_t org_id, int64_t id, const struct session_row *row,
    int64_t now_us, struct cached_session *session)
{
    *session = (struct cached_session){
        .org_id = org_id,
        .id = id,
        .user_id = row->user_id,
        .area_id = row->area_id == NO_I64 ? 0 : row->area_id,
        .created_us = now_us - row->created_ago_us,
        .used_us = now_us - row->used_ago_us,
        .role = (int)row->role,
        .two_factor = row->two_factor,
        .must_change_password = row->must_change_password,
        .ended = !row->active,
    };
    snprintf(session->name, sizeof session->name, "%s", row->name);
    session_csrf_token(org_id, id, row->secret_hash, session->csrf);
}

/* The session that a genuine cookie speaks of, or one that has ended. */
static bool read_session(struct call *call, const struct session_claim *claim, int64_t now_us,
    struct cached_session *session)
{
    const int64_t org_id = call->org_id;
    struct session_row row;
    bool found;
    char hash[65];

    call->org_id = claim->org_id;
    const bool read =
        db_one_or_none(call, SESSION_ROW(.id = claim->id), &session_row_shape, &row, &found);
    call->org_id = org_id;
    if (!read)
        return false;

    *session = (struct cached_session){ .org_id = claim->org_id,
        .id = claim->id,
        .ended = true,
        .created_us = now_us,
        .used_us = now_us };
    session_secret_hash(claim->secret, hash);
    if (found && CRYPTO_memcmp(hash, row.secret_hash, sizeof hash) == 0)
        session_from_row(claim->org_id, claim->id, &row, now_us, session);
    return true;
}

bool session_load(
    struct call *call, const char *cookie, bool counts, struct session_view *view, bool *known)
{
    const uint64_t generation = session_cache_generation();
    struct session_claim claim;
    struct cached_session fresh, found;

    *known = false;
    if (!session_cookie_parse(cookie, &claim) || !session_cookie_is_signed(cookie))
        return true;

    const int64_t now_us = clock_us();
    const struct session_cache_query question = { claim.org_id, claim.id, cookie, now_us, counts,
        true };

    if (!read_session(call, &claim, now_us, &fresh))
        return false;

    snprintf(fresh.cookie, sizeof fresh.cookie, "%s", cookie);
    *known = session_cache_put(&question, &fresh, generation, &found) == CACHE_KNOWN;
    if (*known)
        view_fill(&call->arena, &found, now_us, view);
    return true;
}

bool session_find_own(struct call *call, struct session_view *view)
{
    const int64_t id = call->person.session_id, now_us = clock_us();
    struct cached_session session;
    struct session_row row;

    if (!db_one(call, SESSION_ROW(.id = id), &session_row_shape, &row))
        return false;

    session_from_row(call->org_id, id, &row, now_us, &session);

    const int64_t used_us = session_cache_last_use(call->org_id, id);

    if (used_us > session.used_us)
        session.used_us = used_us;
    view_fill(&call->arena, &session, now_us, view);
    return true;
}

/* A User-Agent may be any bytes, of any length. */
static const char *device_text(struct arena *arena, const char *device)
{
    char *text = arena_bytes(arena, device ? device : "", device ? strnlen(device, 300) : 0);

    for (char *at = text; *at; at++)
        if (*at < ' ' || *at > '~')
            *at = '?';
    return text;
}

struct new_row {
    int64_t id;
};

static const struct field new_row_fields[] = { FIELD(struct new_row, id) };
static const struct shape new_row_shape = SHAPE(struct new_row, new_row_fields);

bool session_create(
    struct call *call, const char *device, const char **cookie, struct session_view *view)
{
    struct session_claim claim = { .org_id = call->org_id };
    const int64_t now_us = clock_us();
    char hash[65], text[SESSION_COOKIE_MAX];
    struct new_row row;

    assert(call->person.id);
    if (!session_secret_create(call, claim.secret))
        return false;

    session_secret_hash(claim.secret, hash);
    if (!db_one(call,
            SESSION_INSERT(.user_id = call->person.id, .secret_hash = hash,
                .address = call->address, .device = device_text(&call->arena, device),
                .absolute_seconds = org_settings_of(call->org_id).absolute_seconds),
            &new_row_shape, &row))
        return false;

    struct cached_session session = { .org_id = call->org_id,
        .user_id = call->person.id,
        .area_id = call->person.area_id,
        .role = call->person.role,
        .id = row.id,
        .created_us = now_us,
        .used_us = now_us };

    claim.id = row.id;
    session_cookie_write(&claim, text);
    *cookie = arena_text(&call->arena, text);
    snprintf(session.name, sizeof session.name, "%s", call->person.name);
    session_csrf_token(call->org_id, row.id, hash, session.csrf);
    view_fill(&call->arena, &session, now_us, view);
    return true;
}

static const struct field session_entry_fields[] = {
    FIELD(struct session_entry, id),
    FIELD(struct session_entry, device),
    FIELD(struct session_entry, address),
    FIELD_AS(struct session_entry, created_at, FIELD_TIME),
    FIELD_AS(struct session_entry, used_at, FIELD_TIME),
    FIELD(struct session_entry, current),
};

const struct shape session_entry_shape = SHAPE(struct session_entry, session_entry_fields);

bool session_list(struct call *call, struct list *rows)
{
    const struct org_settings limits = org_settings_of(call->org_id);

    return db_rows(call,
        SESSION_LIST(.user_id = call->person.id, .session_id = call->person.session_id,
            .idle_seconds = limits.idle_seconds, .absolute_seconds = limits.absolute_seconds),
        &session_entry_shape, rows);
}

#include <stdio.h>

#include "base/clock.h"
#include "db/db.h"
#include "session/session.h"
#include "session/session.sql.h"
#include "session/session_cache.h"

/* A transaction that changes an account commits within this time after saying so. */
#define CHANGE_US ((int64_t)2 * 1000000)

#define USES_MAX 500

bool session_end_all(struct call *call, int64_t user_id, int64_t except_id, int64_t *ended)
{
    session_cache_invalidate_until(call->org_id, user_id, 0, clock_us() + CHANGE_US);
    return db_run(
        call, SESSION_DELETE(.user_id = user_id, .session_id = 0, .except_id = except_id), ended);
}

bool session_end_by_id(struct call *call, int64_t session_id)
{
    int64_t ended;

    session_cache_invalidate_until(
        call->org_id, call->person.id, session_id, clock_us() + CHANGE_US);
    return db_run(call,
               SESSION_DELETE(.user_id = call->person.id, .session_id = session_id, .except_id = 0),
               &ended)
        && (ended || fail(call, FAULT_NOT_FOUND, "session %lld", (long long)session_id));
}

bool session_end(struct call *call)
{
    return session_end_by_id(call, call->person.session_id);
}

bool session_announce_change(struct call *call, int64_t user_id)
{
    session_cache_invalidate_until(call->org_id, user_id, 0, clock_us() + CHANGE_US);
    return db_run(call, SESSION_NOTIFY(.user_id = user_id), NULL);
}

/* "12.34.56"; what isn't there is 0. */
struct session_scope session_invalidate(const char *payload)
{
    long long org_id = 0, user_id = 0, id = 0;

    if (*payload && sscanf(payload, "%lld.%lld.%lld", &org_id, &user_id, &id) < 1)
        org_id = user_id = id = 0;
    session_cache_invalidate(org_id, user_id, id);
    return (struct session_scope){ org_id, user_id, id };
}

static bool flush_some(struct call *call, const struct session_use *uses, size_t count)
{
    const int64_t org_id = call->org_id, now_us = clock_us();
    int64_t *ids = NEW_ARRAY(&call->arena, int64_t, count);
    int64_t *ages_us = NEW_ARRAY(&call->arena, int64_t, count);

    for (size_t i = 0; i < count; i++) {
        ids[i] = uses[i].id;
        ages_us[i] = now_us - uses[i].used_us;
    }

    call->org_id = uses[0].org_id;
    const bool written =
        db_run(call, SESSION_USED(.ids = { ids, count }, .ages_us = { ages_us, count }), NULL);
    call->org_id = org_id;
    if (written)
        session_cache_mark_saved(uses, count);
    return written;
}

bool session_flush_activity(struct call *call)
{
    struct session_use uses[USES_MAX];

    for (size_t count; (count = session_cache_unsaved_uses(uses, USES_MAX)) > 0;)
        if (!flush_some(call, uses, count))
            return false;
    return true;
}

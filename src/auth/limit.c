#include "auth/limit.h"

#include <arpa/inet.h>
#include <assert.h>
#include <string.h>

#include "auth/digest.h"
#include "auth/limit.sql.h"
#include "db/db.h"

struct limit_pace {
    const char *name;
    int64_t most, seconds;
};

static const struct limit_pace limit_paces[LIMIT_COUNT] = {
#define RATE(rate, name, every_us, burst, text)
#define LIMIT(limit, name, most, seconds, whose, text) [limit] = { name, most, seconds },
#include "auth/limit.def"
#undef RATE
#undef LIMIT
};

struct taken {
    bool taken;
    int64_t retry_seconds;
};

static const struct field taken_fields[] = {
    FIELD(struct taken, taken),
    FIELD(struct taken, retry_seconds),
};

static const struct shape taken_shape = SHAPE(struct taken, taken_fields);

/* A household has 2^64 addresses of IPv6, and a server that is rented for an hour, too. */
const char *limit_key_address(struct call *call)
{
    const char *address = call->address ? call->address : "";
    unsigned char bytes[16];
    char network[INET6_ADDRSTRLEN];

    if (inet_pton(AF_INET6, address, bytes) == 1) {
        memset(bytes + 8, 0, 8);
        address = inet_ntop(AF_INET6, bytes, network, sizeof network);
    }
    return arena_format(&call->arena, "address %s", address);
}

const char *limit_key_user(struct call *call, int64_t user_id)
{
    return arena_format(&call->arena, "user %lld", (long long)user_id);
}

/* ASCII only, like user names; a text with other letters is another name. */
const char *limit_key_name(struct call *call, const char *name)
{
    char *text = arena_format(&call->arena, "name %s", name);

    for (char *at = text; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at + ('a' - 'A'));
    return text;
}

static const char *key_of(struct call *call, enum limit limit, const char *who)
{
    assert((unsigned)limit < LIMIT_COUNT);
    return digest_text(
        &call->arena, arena_format(&call->arena, "%s %s", limit_paces[limit].name, who));
}

static bool limit_refuse(struct call *call, enum limit limit, int64_t retry_seconds)
{
    fail(call, FAULT_TOO_OFTEN, "the limit \"%s\" is used up", limit_paces[limit].name);
    call->fault.retry_seconds = (int)retry_seconds;
    return false;
}

static bool limit_take_try(
    struct call *call, enum limit limit, const char *who, struct taken *taken)
{
    const struct limit_pace *pace = &limit_paces[limit];

    return db_one(call,
        LIMIT_TAKE(.key_hash = key_of(call, limit, who), .most = pace->most,
            .seconds = pace->seconds),
        &taken_shape, taken);
}

bool limit_take(struct call *call, enum limit limit, const char *who)
{
    struct taken taken;

    if (!limit_take_try(call, limit, who, &taken) || !db_commit_and_continue(call))
        return false;
    return taken.taken || limit_refuse(call, limit, taken.retry_seconds);
}

bool limit_record(struct call *call, enum limit limit, const char *who)
{
    struct taken taken;

    return limit_take_try(call, limit, who, &taken);
}

bool limit_check(struct call *call, enum limit limit, const char *who)
{
    const struct limit_pace *pace = &limit_paces[limit];
    struct taken taken;
    bool found;

    if (!db_one_or_none(call,
            LIMIT_FULL(.key_hash = key_of(call, limit, who), .most = pace->most,
                .seconds = pace->seconds),
            &taken_shape, &taken, &found))
        return false;
    return !found || limit_refuse(call, limit, taken.retry_seconds);
}

struct forgotten {
    int64_t count;
};

static const struct field forgotten_fields[] = { FIELD(struct forgotten, count) };
static const struct shape forgotten_shape = SHAPE(struct forgotten, forgotten_fields);

bool limit_reset(struct call *call, enum limit limit, const char *who, int64_t *count)
{
    struct forgotten forgotten;
    bool found;

    if (!db_one_or_none(call,
            LIMIT_FORGET(.key_hash = key_of(call, limit, who),
                .seconds = limit_paces[limit].seconds),
            &forgotten_shape, &forgotten, &found))
        return false;

    *count = found ? forgotten.count : 0;
    return true;
}

bool limit_give_back(struct call *call, enum limit limit, const char *who, int64_t count)
{
    return count <= 0
        || db_run(
            call, LIMIT_GIVE_BACK(.key_hash = key_of(call, limit, who), .count = count), NULL);
}

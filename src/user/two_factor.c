#include "user/two_factor.h"

#include <ctype.h>
#include <openssl/rand.h>
#include <string.h>

#include "audit/audit.h"
#include "auth/limit.h"
#include "auth/password.h"
#include "auth/totp.h"
#include "auth/vault.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/unicode.h"
#include "db/db.h"
#include "session/session.h"
#include "user/recovery.h"
#include "user/two_factor.sql.h"

#define ISSUER "TraceTrack"

static const struct field two_factor_state_fields[] = {
    FIELD(struct two_factor_state, enabled),
    FIELD(struct two_factor_state, recovery_codes_left),
};

static const struct shape two_factor_state_shape =
    SHAPE(struct two_factor_state, two_factor_state_fields);

struct stored {
    const char *secret; /* sealed */
    bool enabled;
};

static const struct field stored_fields[] = {
    FIELD(struct stored, secret),
    FIELD(struct stored, enabled),
};

static const struct shape stored_shape = SHAPE(struct stored, stored_fields);

bool two_factor_state(struct call *call, int64_t user_id, struct two_factor_state *state)
{
    return db_one(call, TWO_FACTOR_STATE(.user_id = user_id), &two_factor_state_shape, state);
}

/* What a sealed secret is bound to. */
static const char *owner_of(struct call *call, int64_t user_id)
{
    return arena_format(
        &call->arena, "two_factor %lld.%lld", (long long)call->org_id, (long long)user_id);
}

static bool make_secret(struct call *call, const char **sealed, const char **text)
{
    unsigned char secret[TOTP_SECRET_BYTES];

    if (RAND_bytes(secret, sizeof secret) != 1)
        return fail(call, FAULT_INTERNAL, "no random bytes");

    *text = totp_secret_text(&call->arena, secret);

    const bool made =
        vault_seal(call, secret, sizeof secret, owner_of(call, call->person.id), sealed);

    explicit_bzero(secret, sizeof secret);
    return made;
}

bool two_factor_begin(struct call *call, struct two_factor_secret *secret)
{
    const int64_t id = call->person.id;
    const char *sealed;
    int64_t changed;

    if (!make_secret(call, &sealed, &secret->secret)
        || !db_run(call, TWO_FACTOR_BEGIN(.user_id = id, .secret = sealed), &changed))
        return false;
    if (!changed)
        return fail_because(call, FACTOR_EXISTS);

    secret->uri = totp_uri(&call->arena, ISSUER, call->person.name, secret->secret);
    return audit_note(call, AUDIT_TWO_FACTOR_BEGIN, id, NULL, NULL, NULL);
}

/*
 * Whether the code is one of the sealed secret's, and of which step. A secret that can't be opened
 * was sealed with another session secret: no code is good until an administrator takes it away.
 */
static bool matches(
    struct call *call, int64_t user_id, const char *sealed, const char *code, int64_t *step)
{
    unsigned char secret[TOTP_SECRET_BYTES];

    if (!vault_unseal(sealed, owner_of(call, user_id), secret, sizeof secret)) {
        log_line(LOG_WARNING, "two_factor", "the secret of user %lld was sealed with another key",
            (long long)user_id);
        return false;
    }

    const bool right = totp_matches(secret, code, clock_unix(), step);

    explicit_bzero(secret, sizeof secret);
    return right;
}

/* Without what apps and people put between the digits, and in one width: "123 456", "123-456". */
static const char *two_factor_code_clean(struct arena *arena, const char *code)
{
    char *clean = unicode_fold(arena, code);
    char *end = clean;

    for (const char *at = clean; *at; at++)
        if (isalnum((unsigned char)*at))
            *end++ = *at;
    *end = '\0';
    password_wipe_later(arena, clean);
    return clean;
}

static bool make_codes(struct call *call, const char *codes[RECOVERY_CODES])
{
    const char *hashes[RECOVERY_CODES];

    for (int i = 0; i < RECOVERY_CODES; i++) {
        if (!recovery_code_create(call, &codes[i]))
            return false;
        hashes[i] = recovery_code_hash(&call->arena, codes[i]);
    }
    return db_run(call,
        RECOVERY_INSERT(.user_id = call->person.id, .hashes = { hashes, RECOVERY_CODES }), NULL);
}

static bool nothing_to_confirm(struct call *call)
{
    return fail_because(call, FACTOR_NOT_BEGUN);
}

/* Made anew meanwhile, or confirmed by another session: then there is nothing left to confirm. */
static bool enable(struct call *call, const char *sealed, int64_t step)
{
    const int64_t id = call->person.id;
    int64_t changed;

    return db_run(call, TWO_FACTOR_CONFIRM(.user_id = id, .secret = sealed, .step = step), &changed)
        && (changed == 1 || nothing_to_confirm(call));
}

bool two_factor_confirm(
    struct call *call, const char *code, const char *recovery_codes[RECOVERY_CODES])
{
    const int64_t id = call->person.id;
    struct stored stored;
    int64_t step;
    bool found;

    code = two_factor_code_clean(&call->arena, code);
    if (!two_factor_take_try(call, id)
        || !db_one_or_none(call, TWO_FACTOR_SECRET(.user_id = id), &stored_shape, &stored, &found))
        return false;
    if (!found || stored.enabled)
        return nothing_to_confirm(call);
    if (!matches(call, id, stored.secret, code, &step))
        return fail_field(call, "code", NOT_SHOWN_CODE);

    return enable(call, stored.secret, step) && make_codes(call, recovery_codes)
        && audit_note(call, AUDIT_TWO_FACTOR_ON, id, NULL, NULL, NULL)
        && session_announce_change(call, id);
}

bool two_factor_remove(struct call *call, int64_t user_id, bool *had)
{
    int64_t removed;

    if (!db_run(call, TWO_FACTOR_DELETE(.user_id = user_id), &removed))
        return false;

    *had = removed > 0;
    return !*had
        || (audit_note(call, AUDIT_TWO_FACTOR_OFF, user_id, NULL, NULL, NULL)
            && session_announce_change(call, user_id));
}

bool two_factor_take_try(struct call *call, int64_t user_id)
{
    const char *who = limit_key_user(call, user_id);

    return limit_take(call, LIMIT_CODE, who) && limit_take(call, LIMIT_CODE_DAY, who);
}

static bool use_recovery_code(struct call *call, int64_t user_id, const char *code, bool *good)
{
    const char *hash = recovery_code_hash(&call->arena, code);
    int64_t used;

    *good = false;
    if (!hash)
        return true;
    if (!db_run(call, RECOVERY_USE(.user_id = user_id, .hash = hash), &used))
        return false;

    *good = used == 1;
    return !*good || audit_note(call, AUDIT_RECOVERY_CODE_USED, user_id, NULL, NULL, NULL);
}

bool two_factor_use_code(struct call *call, int64_t user_id, const char *code, bool *good)
{
    struct stored stored;
    int64_t step, moved;
    bool found;

    code = two_factor_code_clean(&call->arena, code);
    if (!db_one_or_none(
            call, TWO_FACTOR_SECRET(.user_id = user_id), &stored_shape, &stored, &found))
        return false;
    if (!found || !stored.enabled || !matches(call, user_id, stored.secret, code, &step))
        return use_recovery_code(call, user_id, code, good);

    if (!db_run(call, TWO_FACTOR_STEP(.user_id = user_id, .secret = stored.secret, .step = step),
            &moved))
        return false;

    *good = moved == 1;
    return true;
}

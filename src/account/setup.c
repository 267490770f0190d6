#include "account/setup.h"

#include <openssl/rand.h>
#include <string.h>

#include "account/setup.sql.h"
#include "audit/audit.h"
#include "auth/digest.h"
#include "auth/org.h"
#include "auth/password.h"
#include "auth/password_rule.h"
#include "base/text.h"
#include "db/db.h"
#include "session/session.h"
#include "user/user.h"

#define SETUP_TOKEN_BYTES 32

struct setup_state {
    bool linked, done;
};

static const struct field setup_state_fields[] = {
    FIELD(struct setup_state, linked),
    FIELD(struct setup_state, done),
};

static const struct shape setup_state_shape = SHAPE(struct setup_state, setup_state_fields);

struct setup_made {
    int64_t id;
};

static const struct field setup_made_fields[] = { FIELD(struct setup_made, id) };
static const struct shape setup_made_shape = SHAPE(struct setup_made, setup_made_fields);

static bool state_read(struct call *call, struct setup_state *state)
{
    return db_one(call, SETUP_STATE(), &setup_state_shape, state);
}

bool setup_is_needed(struct call *call, bool *needed)
{
    struct setup_state state;

    if (!state_read(call, &state))
        return false;

    *needed = state.linked && !state.done;
    return true;
}

static bool make_link(struct call *call, const char **token)
{
    unsigned char bytes[SETUP_TOKEN_BYTES];
    char hex[2 * SETUP_TOKEN_BYTES + 1];

    if (RAND_bytes(bytes, sizeof bytes) != 1)
        return fail(call, FAULT_INTERNAL, "no random bytes");

    text_hex(bytes, sizeof bytes, hex);
    *token = arena_text(&call->arena, hex);
    return db_run(call, SETUP_LINK(.token_hash = digest_text(&call->arena, hex)), NULL);
}

static bool make_user(
    struct call *call, const char *username, const char *password, enum role role, int64_t *id)
{
    const char *hash;
    struct setup_made made;

    if (!password_hash(call, HASH_SLOT_WAIT, password, &hash)
        || !db_one(call,
            SETUP_USER(.username = username, .password_hash = hash, .role = role_name(role)),
            &setup_made_shape, &made))
        return false;

    *id = made.id;
    return audit_note(call, AUDIT_SET_UP, made.id, NULL, NULL, role_name(role));
}

bool setup_check_password(struct call *call, const char *password)
{
    return text_length(password_normal(&call->arena, password)) >= SETUP_PASSWORD_CHARACTERS
        || fail(call, FAULT_CONFIG, "the administrator's password needs %d characters",
            SETUP_PASSWORD_CHARACTERS);
}

static bool setup_make_admin(struct call *call, const char *password)
{
    int64_t id;

    return setup_check_password(call, password)
        && make_user(call, "admin", password, ROLE_ADMIN, &id) && session_end_all(call, id, 0, NULL)
        && db_run(call, SETUP_LINK(.token_hash = NULL), NULL);
}

bool setup_prepare(struct call *call, const char *admin_password, const char **token)
{
    struct setup_state state;

    *token = NULL;
    if (!org_find_by_host(call, NULL) || !db_run(call, SETUP_LOCK(), NULL)
        || !state_read(call, &state))
        return false;

    if (state.done)
        return !state.linked || db_run(call, SETUP_LINK(.token_hash = NULL), NULL);
    return admin_password ? setup_make_admin(call, admin_password) : make_link(call, token);
}

bool setup_create_test_users(
    struct call *call, const char *biller_password, const char *dispatcher_password)
{
    int64_t id;

    return org_find_by_host(call, NULL)
        && (!biller_password || make_user(call, "biller1", biller_password, ROLE_BILLER, &id))
        && (!dispatcher_password
            || make_user(call, "dispatcher1", dispatcher_password, ROLE_DISPATCHER, &id));
}

static bool check_password(struct call *call, const char *username, const char *password)
{
    if (text_length(password_normal(&call->arena, password)) < SETUP_PASSWORD_CHARACTERS)
        return fail_field(call, "password", PASSWORD_SHORT, .least = SETUP_PASSWORD_CHARACTERS);
    return password_rule_check(call, "password", username, password);
}

/* What is claimed comes back with the transaction if anything is wrong with the rest. */
static bool setup_claim(struct call *call, const char *token)
{
    int64_t changed;

    return db_run(call, SETUP_CLAIM(.token_hash = digest_text(&call->arena, token)), &changed)
        && (changed == 1 || fail_because(call, SETUP_LINK_OLD));
}

bool setup_complete(
    struct call *call, const char *token, const char *username, const char *password, int64_t *id)
{
    const struct user_draft admin = {
        .username = username, .password = password, .role = ROLE_ADMIN, .active = true
    };

    return setup_claim(call, token) && check_password(call, username, password)
        && user_create(call, HASH_SLOT_OR_FAIL, &admin, id);
}

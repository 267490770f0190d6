#include "account/password_reset.h"

#include <openssl/rand.h>
#include <string.h>

#include "account/password_reset.sql.h"
#include "audit/audit.h"
#include "auth/digest.h"
#include "auth/limit.h"
#include "auth/password.h"
#include "auth/password_rule.h"
#include "base/text.h"
#include "db/db.h"
#include "session/session.h"

#define PASSWORD_RESET_TOKEN_BYTES 32

struct owner {
    int64_t id;
    const char *username, *email;
};

static const struct field found_fields[] = {
    FIELD(struct owner, id),
    FIELD(struct owner, username),
};

static const struct field owner_fields[] = {
    FIELD(struct owner, id),
    FIELD(struct owner, username),
    FIELD(struct owner, email),
};

static const struct shape found_shape = SHAPE(struct owner, found_fields);
static const struct shape owner_shape = SHAPE(struct owner, owner_fields);

bool password_reset_request(struct call *call, const char *email)
{
    if (!mail_address_is_valid(email))
        return fail_field(call, "email", NOT_EMAIL);

    return limit_take(call, LIMIT_FORGOTTEN, limit_key_address(call))
        && limit_take(call, LIMIT_FORGOTTEN, limit_key_name(call, email))
        && mail_queue_deferred(call, MAIL_PASSWORD_RESET, email);
}

static bool make_token(struct call *call, int64_t user_id, const char **token)
{
    unsigned char bytes[PASSWORD_RESET_TOKEN_BYTES];
    char hex[2 * PASSWORD_RESET_TOKEN_BYTES + 1];

    if (RAND_bytes(bytes, sizeof bytes) != 1)
        return fail(call, FAULT_INTERNAL, "no random bytes");

    text_hex(bytes, sizeof bytes, hex);
    *token = arena_text(&call->arena, hex);
    password_wipe_later(&call->arena, *token);
    return db_run(call,
        PASSWORD_RESET_INSERT(.user_id = user_id, .token_hash = digest_text(&call->arena, hex),
            .seconds = PASSWORD_RESET_SECONDS),
        NULL);
}

bool password_reset_compose(struct call *call, const char *recipient, int64_t age_seconds,
    const char *base_url, struct mail_content *words, bool *wanted)
{
    struct owner owner;
    const char *token = NULL;

    *wanted = false;
    if (age_seconds > PASSWORD_RESET_SECONDS)
        return true;
    if (!db_one_or_none(
            call, PASSWORD_RESET_USER(.email = recipient), &found_shape, &owner, wanted))
        return false;
    if (!*wanted)
        return true;
    if (!make_token(call, owner.id, &token))
        return false;

    const struct mail_field fields[] = { { "username", owner.username }, { "token", token },
        { "base_url", base_url } };

    *words = mail_fill_template(&call->arena, MAIL_PASSWORD_RESET, fields, COUNT_OF(fields));
    return audit_note(call, AUDIT_PASSWORD_RESET_SENT, owner.id, NULL, NULL, NULL);
}

/* What is claimed comes back with the transaction if anything is wrong with the password. */
static bool password_reset_claim(struct call *call, const char *token, struct owner *owner)
{
    bool found;

    return db_one_or_none(call,
               PASSWORD_RESET_CLAIM(.token_hash = digest_text(&call->arena, token)), &owner_shape,
               owner, &found)
        && (found || fail_because(call, RESET_LINK_OLD));
}

static bool password_reset_tell(struct call *call, const struct owner *owner)
{
    const struct mail_field fields[] = { { "username", owner->username } };

    return mail_queue(call, MAIL_PASSWORD_CHANGED, owner->email, fields, COUNT_OF(fields));
}

bool password_reset_complete(struct call *call, const char *token, const char *password)
{
    struct owner owner;
    const char *hash;

    return limit_take(call, LIMIT_RESET, limit_key_address(call))
        && password_reset_claim(call, token, &owner)
        && password_rule_check(call, "password", owner.username, password)
        && password_hash(call, HASH_SLOT_OR_FAIL, password, &hash)
        && db_run(call, PASSWORD_RESET_SET(.user_id = owner.id, .password_hash = hash), NULL)
        && password_reset_tell(call, &owner)
        && audit_note(call, AUDIT_PASSWORD_RESET, owner.id, NULL, NULL, NULL)
        && session_end_all(call, owner.id, 0, NULL);
}

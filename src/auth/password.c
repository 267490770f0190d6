#include "auth/password.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "base/unicode.h"

#define PASSWORD_KEY_BYTES 64
#define SALT_LENGTH 16
#define SALT_LENGTH_MAX 64

/*
 * What a stored hash may ask for, at most so often what ours do: nobody's row can make us take all
 * memory, or hold up everybody who waits to sign in. Neither factor is greater than their product.
 */
#define WORK_MAX 4
#define FACTOR_MAX (1 << 20)

struct cost {
    int64_t n, r, p;
};

struct scrypt {
    struct cost cost;
    char salt[SALT_LENGTH_MAX + 1];
    unsigned char key[PASSWORD_KEY_BYTES];
};

static const struct cost ours = { 32768, 8, 1 };

const char password_hash_of_nobody[] =
    "scrypt:32768:8:1$SaltOfNobodyAtAl$"
    "00000000000000000000000000000000000000000000000000000000000000"
    "00000000000000000000000000000000000000000000000000000000000000"
    "0000";

static uint64_t memory_of(const struct cost *cost)
{
    return (uint64_t)(128 * cost->r * (cost->n + cost->p + 2));
}

/* The text up to `end`, which is skipped, into `part`. */
static bool take_part(const char **at, char end, char *part, size_t room)
{
    const char *stop = strchr(*at, end);

    if (!stop || (size_t)(stop - *at) >= room)
        return false;

    memcpy(part, *at, (size_t)(stop - *at));
    part[stop - *at] = '\0';
    *at = stop + 1;
    return true;
}

static bool password_take_number(const char **at, char end, int64_t max, int64_t *value)
{
    char text[16];

    return take_part(at, end, text, sizeof text) && text_to_i64(text, 1, max, value);
}

static int password_hex_value(char digit)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = digit ? strchr(digits, digit) : NULL;

    return found ? (int)(found - digits) : -1;
}

static bool take_key(const char *hex, unsigned char key[PASSWORD_KEY_BYTES])
{
    if (strlen(hex) != (size_t)2 * PASSWORD_KEY_BYTES)
        return false;

    for (size_t i = 0; i < PASSWORD_KEY_BYTES; i++) {
        const int high = password_hex_value(hex[2 * i]), low = password_hex_value(hex[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        key[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

static int64_t work_of(const struct cost *cost)
{
    return cost->n * cost->r * cost->p;
}

static bool cost_is_fit(const struct cost *cost)
{
    return cost->n > 1 && (cost->n & (cost->n - 1)) == 0
        && work_of(cost) <= WORK_MAX * work_of(&ours);
}

static bool password_parse(const char *hash, struct scrypt *scrypt)
{
    static const char method[] = "scrypt:";

    if (!text_starts_with(hash, method))
        return false;
    hash += strlen(method);

    return password_take_number(&hash, ':', FACTOR_MAX, &scrypt->cost.n)
        && password_take_number(&hash, ':', FACTOR_MAX, &scrypt->cost.r)
        && password_take_number(&hash, '$', FACTOR_MAX, &scrypt->cost.p)
        && take_part(&hash, '$', scrypt->salt, sizeof scrypt->salt) && scrypt->salt[0]
        && take_key(hash, scrypt->key) && cost_is_fit(&scrypt->cost);
}

static bool derive(struct call *call, enum hash_slot slot, const char *password,
    const struct scrypt *scrypt, unsigned char key[PASSWORD_KEY_BYTES])
{
    const struct cost *cost = &scrypt->cost;

    if (!hash_slot_take(call, slot))
        return false;

    const int done = EVP_PBE_scrypt(password, strlen(password), (const unsigned char *)scrypt->salt,
        strlen(scrypt->salt), (uint64_t)cost->n, (uint64_t)cost->r, (uint64_t)cost->p,
        memory_of(cost), key, PASSWORD_KEY_BYTES);

    hash_slot_release(slot);
    return done == 1 || fail(call, FAULT_INTERNAL, "scrypt failed");
}

/* Whether just these bytes have the hash. */
static bool bytes_match(struct call *call, enum hash_slot slot, const char *password,
    const struct scrypt *scrypt, bool *matches)
{
    unsigned char key[PASSWORD_KEY_BYTES];

    if (!derive(call, slot, password, scrypt, key))
        return false;

    *matches = CRYPTO_memcmp(key, scrypt->key, PASSWORD_KEY_BYTES) == 0;
    explicit_bzero(key, sizeof key);
    return true;
}

const char *password_normal(struct arena *arena, const char *password)
{
    const char *composed = unicode_compose(arena, password);

    password_wipe_later(arena, composed);
    return composed;
}

static bool is_another(const char *const *forms, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(forms[j], forms[i]) == 0)
            return false;
    return true;
}

/*
 * Hashes of the earlier product are of what the keyboard sent, composed or not, so all forms of it
 * are tried. Of ASCII there is only one.
 */
bool password_matches(
    struct call *call, enum hash_slot slot, const char *password, const char *hash, bool *matches)
{
    const char *forms[] = { password_normal(&call->arena, password), password,
        unicode_decompose(&call->arena, password) };
    struct scrypt scrypt;

    password_wipe_later(&call->arena, forms[2]);
    *matches = false;
    if (!password_parse(hash, &scrypt)) {
        log_line(LOG_WARNING, "password", "a stored hash can't be read");
        return true;
    }
    for (size_t i = 0; i < COUNT_OF(forms) && !*matches; i++)
        if (is_another(forms, i) && !bytes_match(call, slot, forms[i], &scrypt, matches))
            return false;
    return true;
}

/* Letters and digits as in werkzeug's salts; bytes that would favour some of them are left out. */
static bool make_salt(struct call *call, char salt[SALT_LENGTH + 1])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const unsigned count = sizeof letters - 1;

    for (size_t i = 0; i < SALT_LENGTH;) {
        unsigned char byte;

        if (RAND_bytes(&byte, 1) != 1)
            return fail(call, FAULT_INTERNAL, "no random bytes");
        if (byte < 256 / count * count)
            salt[i++] = letters[byte % count];
    }
    salt[SALT_LENGTH] = '\0';
    return true;
}

bool password_hash(struct call *call, enum hash_slot slot, const char *password, const char **hash)
{
    const char *composed = password_normal(&call->arena, password);
    struct scrypt scrypt = { .cost = ours };
    char hex[2 * PASSWORD_KEY_BYTES + 1];

    if (!make_salt(call, scrypt.salt) || !derive(call, slot, composed, &scrypt, scrypt.key))
        return false;

    text_hex(scrypt.key, PASSWORD_KEY_BYTES, hex);
    *hash = arena_format(&call->arena, "scrypt:%d:%d:%d$%s$%s", (int)ours.n, (int)ours.r,
        (int)ours.p, scrypt.salt, hex);
    return true;
}

bool password_needs_upgrade(const char *hash)
{
    struct scrypt scrypt;

    if (!password_parse(hash, &scrypt))
        return true;

    const struct cost *cost = &scrypt.cost;

    return cost->n * cost->r < ours.n * ours.r || work_of(cost) < work_of(&ours);
}

static void wipe(void *secret)
{
    explicit_bzero(secret, strlen(secret));
}

void password_wipe_later(struct arena *arena, const char *secret)
{
    /* The texts of an arena are its own to change. */
    arena_defer(arena, wipe, (void *)(uintptr_t)secret);
}

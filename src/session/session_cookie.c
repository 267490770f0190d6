#include "session/session_cookie.h"

#include <inttypes.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define SHA256_BYTES 32
#define SESSION_COOKIE_SECRET_BYTES (SESSION_SECRET_HEX / 2)

static unsigned char session_cookie_key[SHA256_BYTES];

static void sha256(const char *text, unsigned char digest[SHA256_BYTES])
{
    if (!EVP_Digest(text, strlen(text), digest, NULL, EVP_sha256(), NULL))
        abort();
}

void session_key_set(const char *secret)
{
    sha256(secret, session_cookie_key);
}

static void sign(const char *bytes, size_t length, unsigned char digest[SHA256_BYTES])
{
    if (!HMAC(EVP_sha256(), session_cookie_key, sizeof session_cookie_key,
            (const unsigned char *)bytes, length, digest, NULL))
        abort();
}

/* Digits up to a dot, which is skipped. */
static bool session_cookie_take_number(const char **at, int64_t *number)
{
    int64_t value = 0;
    int digits = 0;

    for (; **at >= '0' && **at <= '9' && digits < 18; ++*at, digits++)
        value = value * 10 + (**at - '0');

    *number = value;
    return digits > 0 && *(*at)++ == '.';
}

static size_t hex_length(const char *text)
{
    return strspn(text, "0123456789abcdef");
}

bool session_cookie_parse(const char *cookie, struct session_claim *claim)
{
    if (!session_cookie_take_number(&cookie, &claim->org_id)
        || !session_cookie_take_number(&cookie, &claim->id))
        return false;
    if (hex_length(cookie) != SESSION_SECRET_HEX || cookie[SESSION_SECRET_HEX] != '.')
        return false;

    const char *signature = cookie + SESSION_SECRET_HEX + 1;

    memcpy(claim->secret, cookie, SESSION_SECRET_HEX);
    claim->secret[SESSION_SECRET_HEX] = '\0';
    return hex_length(signature) == SESSION_SIGNATURE_HEX
        && signature[SESSION_SIGNATURE_HEX] == '\0';
}

bool session_cookie_is_signed(const char *cookie)
{
    const size_t signed_length = strlen(cookie) - SESSION_SIGNATURE_HEX - 1;
    unsigned char digest[SHA256_BYTES];
    char signature[SESSION_SIGNATURE_HEX + 1];

    sign(cookie, signed_length, digest);
    text_hex(digest, sizeof digest, signature);
    return CRYPTO_memcmp(signature, cookie + signed_length + 1, SESSION_SIGNATURE_HEX) == 0;
}

void session_cookie_write(const struct session_claim *claim, char cookie[SESSION_COOKIE_MAX])
{
    unsigned char digest[SHA256_BYTES];
    const int length = snprintf(cookie, SESSION_COOKIE_MAX, "%" PRId64 ".%" PRId64 ".%s",
        claim->org_id, claim->id, claim->secret);

    sign(cookie, (size_t)length, digest);
    cookie[length] = '.';
    text_hex(digest, sizeof digest, cookie + length + 1);
}

bool session_secret_create(struct call *call, char secret[SESSION_SECRET_HEX + 1])
{
    unsigned char bytes[SESSION_COOKIE_SECRET_BYTES];

    if (RAND_bytes(bytes, sizeof bytes) != 1)
        return fail(call, FAULT_INTERNAL, "no random bytes");
    text_hex(bytes, sizeof bytes, secret);
    return true;
}

void session_secret_hash(const char *secret, char hash[65])
{
    unsigned char digest[SHA256_BYTES];

    sha256(secret, digest);
    text_hex(digest, sizeof digest, hash);
}

/* No cookie starts with a letter, so a signature never serves as a token, or the other way. */
void session_csrf_token(int64_t org_id, int64_t id, const char *secret_hash, char csrf[33])
{
    unsigned char digest[SHA256_BYTES];
    char text[128];
    const int length =
        snprintf(text, sizeof text, "csrf.%" PRId64 ".%" PRId64 ".%s", org_id, id, secret_hash);

    sign(text, (size_t)length, digest);
    text_hex(digest, 16, csrf);
}

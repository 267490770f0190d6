#include "auth/totp.h"

#include <liboath/oath.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS 6

void totp_code(const unsigned char secret[TOTP_SECRET_BYTES], int64_t step, char code[7])
{
    if (oath_hotp_generate((const char *)secret, TOTP_SECRET_BYTES, (uint64_t)step, DIGITS, false,
            OATH_HOTP_DYNAMIC_TRUNCATION, code)
        != OATH_OK)
        abort();
}

bool totp_matches(const unsigned char secret[TOTP_SECRET_BYTES], const char *code,
    int64_t unix_seconds, int64_t *step)
{
    const int64_t now = unix_seconds / TOTP_STEP_SECONDS;
    bool matches = false;
    char right[DIGITS + 1];

    if (strlen(code) != DIGITS)
        return false;

    for (int64_t each = now - 1; each <= now + 1; each++) {
        totp_code(secret, each, right);
        if (CRYPTO_memcmp(code, right, DIGITS) == 0) {
            *step = each;
            matches = true;
        }
    }
    explicit_bzero(right, sizeof right);
    return matches;
}

const char *totp_secret_text(struct arena *arena, const unsigned char secret[TOTP_SECRET_BYTES])
{
    char *text;
    size_t length;

    if (oath_base32_encode((const char *)secret, TOTP_SECRET_BYTES, &text, &length) != OATH_OK)
        abort();

    const char *own = arena_bytes(arena, text, length);

    explicit_bzero(text, length);
    free(text);
    return own;
}

static bool totp_is_plain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
        || (c && strchr("-._~", c));
}

static const char *totp_escape(struct arena *arena, const char *text)
{
    char *escaped = arena_alloc(arena, 3 * strlen(text) + 1, 1), *end = escaped;

    for (; *text; text++)
        if (totp_is_plain(*text))
            *end++ = *text;
        else
            end += snprintf(end, 4, "%%%02X", (unsigned char)*text);
    return escaped;
}

const char *totp_uri(
    struct arena *arena, const char *issuer, const char *account, const char *secret_text)
{
    const char *name = totp_escape(arena, issuer);

    return arena_format(arena,
        "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d", name,
        totp_escape(arena, account), secret_text, name, DIGITS, TOTP_STEP_SECONDS);
}

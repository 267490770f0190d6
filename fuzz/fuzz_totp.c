/* Codes of the second factor: the app's six digits, and the recovery codes on paper. */
#include <assert.h>
#include <string.h>

#include "auth/totp.h"
#include "fuzz.h"
#include "http/guard.h"
#include "user/recovery.h"

#define NOW INT64_C(1795242720)

static const unsigned char secret[TOTP_SECRET_BYTES] = "01234567890123456789";

static void check_code(const char *code)
{
    int64_t step = -1;
    char right[7];

    if (!totp_matches(secret, code, NOW, &step)) {
        assert(step == -1);
        return;
    }
    assert(step >= NOW / TOTP_STEP_SECONDS - 1 && step <= NOW / TOTP_STEP_SECONDS + 1);
    totp_code(secret, step, right);
    assert(strcmp(code, right) == 0);
}

/* Dashes and capitals are how it was typed, not what it is. */
static void check_recovery(struct call *call, const char *code)
{
    const char *hash = recovery_code_hash(&call->arena, code);

    if (!hash)
        return;

    char letters[64] = "";
    size_t count = 0;

    for (; *code; code++)
        if (*code != '-' && *code != ' ')
            letters[count++] = *code;
    assert(count == 24);
    assert(strspn(letters, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == 24);
    assert(strcmp(hash, recovery_code_hash(&call->arena, letters)) == 0);
}

/* An account's name can't add parameters to the address in the QR code. */
static void check_uri(struct call *call, const char *name)
{
    char *uri = (char *)(uintptr_t)totp_uri(&call->arena, name, name, "SECRET");
    const char *colon = strchr(uri + strlen("otpauth:"), ':');
    const char *question = strchr(uri, '?');

    assert(colon && question && colon < question && !strpbrk(question + 1, "?/ "));

    char *label = arena_bytes(&call->arena, colon + 1, (size_t)(question - colon - 1));
    const ptrdiff_t length = url_decode(label, strlen(label), false);

    assert(length < 0 ? !fuzz_is_utf8(name) : memcmp(label, name, strlen(name)) == 0);
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    const char *text = arena_bytes(&call->arena, bytes, length);

    check_code(text);
    check_recovery(call, text);
    check_uri(call, text);
}

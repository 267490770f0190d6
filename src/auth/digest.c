#include "auth/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

const char *digest_text(struct arena *arena, const char *text)
{
    unsigned char digest[32];
    char hex[2 * sizeof digest + 1];

    if (!EVP_Digest(text, strlen(text), digest, NULL, EVP_sha256(), NULL))
        abort();
    text_hex(digest, sizeof digest, hex);
    return arena_text(arena, hex);
}

#include "auth/vault.h"

#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define VAULT_KEY_BYTES 32
#define SEALED_MAX 256

static unsigned char vault_key[VAULT_KEY_BYTES];

void vault_key_set(const char *session_secret)
{
    static const unsigned char purpose[] = "tracetrack vault 1";
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);
    size_t length = sizeof vault_key;

    if (!context || EVP_PKEY_derive_init(context) <= 0
        || EVP_PKEY_CTX_set_hkdf_md(context, EVP_sha256()) <= 0
        || EVP_PKEY_CTX_set1_hkdf_key(
               context, (const unsigned char *)session_secret, (int)strlen(session_secret))
            <= 0
        || EVP_PKEY_CTX_add1_hkdf_info(context, purpose, sizeof purpose - 1) <= 0
        || EVP_PKEY_derive(context, vault_key, &length) <= 0)
        abort();
    EVP_PKEY_CTX_free(context);
}

static EVP_CIPHER_CTX *vault_begin(const unsigned char *nonce, const char *owner, int encrypt)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int length;

    if (!context || !EVP_CipherInit_ex(context, EVP_aes_256_gcm(), NULL, vault_key, nonce, encrypt)
        || !EVP_CipherUpdate(
            context, NULL, &length, (const unsigned char *)owner, (int)strlen(owner)))
        abort();
    return context;
}

bool vault_seal(
    struct call *call, const void *bytes, size_t length, const char *owner, const char **sealed)
{
    unsigned char box[SEALED_MAX];
    char hex[2 * SEALED_MAX + 1];
    int written, more;

    if (VAULT_NONCE + length + VAULT_TAG > sizeof box)
        abort();
    if (RAND_bytes(box, VAULT_NONCE) != 1)
        return fail(call, FAULT_INTERNAL, "no random bytes");

    EVP_CIPHER_CTX *context = vault_begin(box, owner, 1);

    if (!EVP_CipherUpdate(context, box + VAULT_NONCE, &written, bytes, (int)length)
        || !EVP_CipherFinal_ex(context, box + VAULT_NONCE + written, &more)
        || EVP_CIPHER_CTX_ctrl(
               context, EVP_CTRL_AEAD_GET_TAG, VAULT_TAG, box + VAULT_NONCE + length)
            <= 0)
        abort();
    EVP_CIPHER_CTX_free(context);

    text_hex(box, VAULT_NONCE + length + VAULT_TAG, hex);
    *sealed = arena_text(&call->arena, hex);
    return true;
}

static bool unhex(const char *hex, unsigned char *bytes, size_t length)
{
    static const char digits[] = "0123456789abcdef";

    if (strlen(hex) != 2 * length || strspn(hex, digits) != 2 * length)
        return false;

    for (size_t i = 0; i < length; i++)
        bytes[i] = (unsigned char)((strchr(digits, hex[2 * i]) - digits) << 4
            | (strchr(digits, hex[2 * i + 1]) - digits));
    return true;
}

bool vault_unseal(const char *sealed, const char *owner, unsigned char *bytes, size_t length)
{
    unsigned char box[SEALED_MAX];
    int written, more;

    if (VAULT_NONCE + length + VAULT_TAG > sizeof box
        || !unhex(sealed, box, VAULT_NONCE + length + VAULT_TAG))
        return false;

    EVP_CIPHER_CTX *context = vault_begin(box, owner, 0);
    const bool opened = EVP_CipherUpdate(context, bytes, &written, box + VAULT_NONCE, (int)length)
        && EVP_CIPHER_CTX_ctrl(
               context, EVP_CTRL_AEAD_SET_TAG, VAULT_TAG, box + VAULT_NONCE + length)
            > 0
        && EVP_CipherFinal_ex(context, bytes + written, &more) > 0;

    EVP_CIPHER_CTX_free(context);
    if (!opened)
        explicit_bzero(bytes, length);
    return opened;
}

/*
 * Vault: encrypts secrets in the database that the program must be able to read again.
 *
 * It uses AES-256-GCM with a key derived from the session secret (HKDF-SHA-256), so a copy of the
 * database alone gives nothing away. Each secret is bound to its owner: moved to another row it
 * can't be decrypted. Nor can anything be decrypted after the session secret has changed; people
 * with a second factor then need a recovery code, or an administrator removes the factor with
 * `tracetrack user two-factor-off NAME`.
 */
#ifndef AUTH_VAULT_H
#define AUTH_VAULT_H

#include "base/call.h"

#define VAULT_NONCE 12
#define VAULT_TAG 16

/* Called once, before there are threads. */
void vault_key_set(const char *session_secret);

/*
 * Encrypt: nonce, `length` bytes and tag, in lower-case hex. FAULT_INTERNAL if the kernel gives no
 * random bytes.
 */
MUST_USE bool vault_seal(
    struct call *call, const void *bytes, size_t length, const char *owner, const char **sealed);

/*
 * Decrypt into `length` bytes. False, without a fault, if it was not encrypted with this key for
 * this owner.
 */
MUST_USE bool vault_unseal(
    const char *sealed, const char *owner, unsigned char *bytes, size_t length);

#endif

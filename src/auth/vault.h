/*
 * Vault: encrypts secrets in the database that the program must be able to read again.
 *
 * It uses AES-256-GCM with a key derived from the session secret (HKDF-SHA-256), a setting of the
 * server, so a copy of the database alone gives nothing away. Each secret is bound to its owner, a
 * text such as "two_factor 1.5": moved to another row it can't be decrypted. Nor can anything be
 * decrypted after the session secret has changed; people with a second factor then need a recovery
 * code, or an administrator removes the factor with `tracetrack user two-factor-off NAME`.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef AUTH_VAULT_H
#define AUTH_VAULT_H

#include "base/call.h"

/* Bytes of the nonce (a random number used once), with which each encrypted text begins. */
#define VAULT_NONCE 12

/* Bytes of the authentication tag, with which each encrypted text ends. */
#define VAULT_TAG 16

/* Derive the key from the session secret. Called once, before there are threads. */
void vault_key_set(const char *session_secret);

/* Encrypt `length` bytes, at most 228, for `owner`: *sealed is nonce, encrypted bytes and tag in
 * lower-case hex, in call->arena. FAULT_INTERNAL if there are no random bytes. */
MUST_USE bool vault_seal(
    struct call *call, const void *bytes, size_t length, const char *owner, const char **sealed);

/* Decrypt what vault_seal() returned into `bytes`, which has room for `length`, the number of bytes
 * that were encrypted. Returns false, without a fault, if it was not encrypted with this key for
 * this owner, or has another length. */
MUST_USE bool vault_unseal(
    const char *sealed, const char *owner, unsigned char *bytes, size_t length);

#endif

/*
 * Vault: secrets that the program must be able to read again, as the database keeps them.
 *
 * AES-256-GCM under a key that is derived from the session secret (HKDF-SHA-256), so a copy of the
 * database alone gives nothing away. Each is bound to what it belongs to: moved to another row it
 * can't be opened. With another session secret nothing that was sealed before can be opened; who
 * has a second factor then gets in with a recovery code, or an administrator takes it away with
 * `tracetrack user two-factor-off NAME`.
 */
#ifndef AUTH_VAULT_H
#define AUTH_VAULT_H

#include "base/call.h"

#define VAULT_NONCE 12
#define VAULT_TAG 16

/* Set once, before any thread asks. */
void vault_key_set(const char *session_secret);

/* Nonce, `length` bytes, tag, in lower-case hex. FAULT_INTERNAL when there are no random bytes. */
MUST_USE bool vault_seal(
    struct call *call, const void *bytes, size_t length, const char *owner, const char **sealed);

/* The reverse, into `length` bytes. False, and no fault, when it wasn't sealed so with this key. */
MUST_USE bool vault_unseal(
    const char *sealed, const char *owner, unsigned char *bytes, size_t length);

#endif

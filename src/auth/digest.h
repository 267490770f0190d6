/*
 * Digest: SHA-256 hashes of secrets that are stored only as a hash and looked up by it.
 *
 * It suits tokens and codes, which are long and random so that nobody can try them all. Passwords
 * are neither; use auth/password.h for them.
 */
#ifndef AUTH_DIGEST_H
#define AUTH_DIGEST_H

#include "base/arena.h"

/* Return the SHA-256 hash of `text` as 64 lower-case hex digits, allocated in `arena`. */
const char *digest_text(struct arena *arena, const char *text);

#endif

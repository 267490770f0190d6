/*
 * Digest: SHA-256 of texts that must be found again but must not be readable.
 *
 * It suits tokens and codes, which are long and random so that nobody can try them all. Passwords
 * are neither; use auth/password.h for them.
 */
#ifndef AUTH_DIGEST_H
#define AUTH_DIGEST_H

#include "base/arena.h"

/* The digest in lower-case hex. */
const char *digest_text(struct arena *arena, const char *text);

#endif

/*
 * Digest: SHA-256 of texts, for what must be found again but not be read.
 *
 * Fit for tokens and codes that are random and long, because nobody can try them all; passwords are
 * neither, and have auth/password.h.
 */
#ifndef AUTH_DIGEST_H
#define AUTH_DIGEST_H

#include "base/arena.h"

/* In lower-case hex. */
const char *digest_text(struct arena *arena, const char *text);

#endif

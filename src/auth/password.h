/*
 * Password: scrypt hashes (RFC 7914) in werkzeug's text form, `scrypt:N:r:p$salt$hex`.
 *
 * The salt is its text's bytes and the key 64 bytes long, so people whose hashes come from the
 * Flask product keep their passwords. New hashes are made with N=32768 r=8 p=1, werkzeug's own
 * choice: 32 MiB for each guess, which is what makes guessing on graphics cards dear, for about 60
 * ms of one core, so that a hundred people can sign in at the start of a shift. Guessing through
 * the front door ends after five tries whatever this costs.
 */
#ifndef AUTH_PASSWORD_H
#define AUTH_PASSWORD_H

#include "auth/hash_slots.h"
#include "base/call.h"

/* A hash that no password has; finding that out takes as long as with one of ours. */
extern const char password_hash_of_nobody[];

/*
 * Whether the password has this hash. FAULT_OVERLOADED, see auth/hash_slots.h. A hash that isn't
 * one, or takes more than four times as long as ours, is nobody's.
 */
MUST_USE bool password_matches(
    struct call *call, enum hash_slot slot, const char *password, const char *hash, bool *matches);

/* A new hash, with a new salt. FAULT_OVERLOADED. */
MUST_USE bool password_hash(
    struct call *call, enum hash_slot slot, const char *password, const char **hash);

/* Whether the hash is cheaper to attack than a new one would be. */
bool password_needs_upgrade(const char *hash);

/* Overwrite a secret text of the arena when the arena ends. */
void password_wipe_later(struct arena *arena, const char *secret);

#endif

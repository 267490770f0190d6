/*
 * Password: scrypt hashes (RFC 7914) in werkzeug's text form, `scrypt:N:r:p$salt$hex`.
 *
 * The salt is the bytes of its text and the key is 64 bytes long, so hashes from the Flask product
 * remain valid and people keep their passwords. New hashes use N=32768 r=8 p=1, as werkzeug does:
 * 32 MiB for each guess, which makes guessing on graphics cards expensive, and about 60 ms of one
 * core, so that a hundred people can sign in at the start of a shift.
 */
#ifndef AUTH_PASSWORD_H
#define AUTH_PASSWORD_H

#include "auth/hash_slots.h"
#include "base/call.h"

/* A hash that matches no password; checking against it takes as long as against a real one. */
extern const char password_hash_of_nobody[];

/*
 * Whether the password has this hash, in whichever Unicode form (NFC, NFD) it was typed. A
 * malformed hash, or one that would take more than four times as long as ours, matches nothing.
 * FAULT_OVERLOADED, see auth/hash_slots.h.
 */
MUST_USE bool password_matches(
    struct call *call, enum hash_slot slot, const char *password, const char *hash, bool *matches);

/* The password as it is hashed: in the composed form (NFC). Wiped when the arena ends. */
const char *password_normal(struct arena *arena, const char *password);

/* *hash is a new hash of the password in its composed form (NFC), with a new salt. It takes one of
 * the hash slots; `slot` says whether to wait for a free one, or to fail with FAULT_OVERLOADED. */
MUST_USE bool password_hash(
    struct call *call, enum hash_slot slot, const char *password, const char **hash);

/* Whether the hash is cheaper to attack than a new one would be. */
bool password_needs_upgrade(const char *hash);

/* Overwrite a secret text of the arena when the arena ends. */
void password_wipe_later(struct arena *arena, const char *secret);

#endif

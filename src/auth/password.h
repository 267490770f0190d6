/*
 * Password: scrypt hashes (RFC 7914) in werkzeug's text form, `scrypt:N:r:p$salt$hex`.
 *
 * The salt is the bytes of its text and the key is 64 bytes long, so hashes from the Flask product
 * remain valid and people keep their passwords. New hashes use N=32768 r=8 p=1, as werkzeug does:
 * 32 MiB for each guess, which makes guessing on graphics cards expensive, and about 60 ms of one
 * core, so that a hundred people can sign in at the start of a shift. Unicode can write "é" as one
 * character or two; passwords are hashed in the composed form (NFC), one character.
 *
 * A hash slot is the permission to hash one password, of which there are few (auth/hash_slots.h).
 * An arena is the memory of a call, which is freed as a whole when the call ends. A call is one
 * unit of work, such as a request: it has the memory (call->arena, where returned texts live), the
 * database session, the signed-in user and, after a failure, the fault.
 */
#ifndef AUTH_PASSWORD_H
#define AUTH_PASSWORD_H

#include "auth/hash_slots.h"
#include "base/call.h"

/* A hash that matches no password; checking against it takes as long as against a real one. For
 * user names without an account, so that the time does not reveal that. */
extern const char password_hash_of_nobody[];

/* Set *matches to whether the password has this hash, as typed or in either Unicode form (NFC,
 * NFD). A malformed hash, or one that would take more than four times as long as a new one, matches
 * nothing. With HASH_SLOT_OR_FAIL as `slot`, FAULT_OVERLOADED if too many wait to hash. */
MUST_USE bool password_matches(
    struct call *call, enum hash_slot slot, const char *password, const char *hash, bool *matches);

/* Return the password in the composed Unicode form (NFC), in which it is hashed. The result lives
 * in `arena` and is overwritten when the arena ends. */
const char *password_normal(struct arena *arena, const char *password);

/* *hash is a new hash of the password in its composed form (NFC), with a new salt, in call->arena.
 * It takes one of the hash slots; `slot` says whether to wait for a free one, or to fail with
 * FAULT_OVERLOADED. FAULT_INTERNAL if there are no random bytes. */
MUST_USE bool password_hash(
    struct call *call, enum hash_slot slot, const char *password, const char **hash);

/* Whether the stored hash is malformed, or cheaper to attack than a new one would be: then the
 * password should be hashed anew when its owner next enters it. */
bool password_needs_upgrade(const char *hash);

/* Register a secret text, which lives in `arena`, to be overwritten with zeros when the arena is
 * freed. */
void password_wipe_later(struct arena *arena, const char *secret);

#endif

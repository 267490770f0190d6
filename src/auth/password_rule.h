/*
 * Password rule: which passwords people may choose. The same on every path.
 */
#ifndef AUTH_PASSWORD_RULE_H
#define AUTH_PASSWORD_RULE_H

#include "base/call.h"

#define PASSWORD_CHARACTERS_MAX 128

/* Bytes of UTF-8 that such a password may take. */
#define PASSWORD_BYTES_MAX 512

/*
 * At least 8 characters with an upper-case letter, a lower-case one, a digit and another character,
 * or any 15 and more; at most 128; not a common word, our name or the user's own with a tail, and
 * no mere run of neighbours (abcdefg, 1234567). FAULT_BAD_FIELDS about `field`.
 */
MUST_USE bool password_rule_check(
    struct call *call, const char *field, const char *username, const char *password);

/* How many characters (not bytes) a UTF-8 text has. */
size_t password_characters(const char *password);

#endif

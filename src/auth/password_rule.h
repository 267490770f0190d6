/* Password rule: which passwords people may choose, wherever they choose one. */
#ifndef AUTH_PASSWORD_RULE_H
#define AUTH_PASSWORD_RULE_H

#include "base/call.h"

#define PASSWORD_CHARACTERS_MAX 128

/* The same in bytes of UTF-8. */
#define PASSWORD_BYTES_MAX 512

/*
 * Check a new password: at least 8 characters that include an upper-case letter, a lower-case
 * letter, a digit and another character, or any 15 characters; at most 128. It must not be a common
 * password, the product's name or the user's name with something appended, nor a mere sequence
 * (abcdefg, 1234567). FAULT_BAD_FIELDS about `field`.
 */
MUST_USE bool password_rule_check(
    struct call *call, const char *field, const char *username, const char *password);

#endif

/*
 * Password rule: which passwords people may choose, wherever they choose one.
 *
 * A call is the unit of work in hand, such as a request; it records the fault after a failure.
 */
#ifndef AUTH_PASSWORD_RULE_H
#define AUTH_PASSWORD_RULE_H

#include "base/call.h"

/* The most Unicode characters that a password may have. */
#define PASSWORD_CHARACTERS_MAX 128

/* The most bytes that such a password takes in UTF-8, without the terminating NUL. */
#define PASSWORD_BYTES_MAX 512

/* Check a new password: at least 8 characters that include an upper-case letter, a lower-case
 * letter, a digit and another character, or any 15 characters; at most 128. It must not be a common
 * password, the product's or the user's name, even with digits or signs added, nor a mere sequence
 * (abcdefg), nor have fewer than five different bytes. Else FAULT_BAD_FIELDS about `field`. */
MUST_USE bool password_rule_check(
    struct call *call, const char *field, const char *username, const char *password);

#endif

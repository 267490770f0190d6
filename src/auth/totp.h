/*
 * Totp: codes of six digits that a phone and the server work out for themselves (RFC 6238).
 *
 * SHA-1 and 30 seconds, which is what every authenticator app does whatever the QR code says. A
 * code of the step before or after the present one is good as well: clocks of phones are not ours.
 */
#ifndef AUTH_TOTP_H
#define AUTH_TOTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

#define TOTP_SECRET_BYTES 20
#define TOTP_STEP_SECONDS 30

/*
 * Whether it is the code of one of the three steps around `unix_seconds`; *step is which. Takes
 * as long for a wrong code as for a right one.
 */
bool totp_matches(const unsigned char secret[TOTP_SECRET_BYTES], const char *code,
    int64_t unix_seconds, int64_t *step);

/* The code of a step, in `code`. */
void totp_code(const unsigned char secret[TOTP_SECRET_BYTES], int64_t step, char code[7]);

/* The secret as people type it: base32 without padding. */
const char *totp_secret_text(struct arena *arena, const unsigned char secret[TOTP_SECRET_BYTES]);

/* The otpauth:// address that the QR code holds. */
const char *totp_uri(
    struct arena *arena, const char *issuer, const char *account, const char *secret_text);

#endif

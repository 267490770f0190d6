/*
 * Totp: one-time codes of six digits that a phone and the server compute independently (RFC 6238).
 *
 * They use SHA-1 and steps of 30 seconds, as every authenticator app does whatever the QR code
 * says. The codes of the previous and of the next step are accepted too, because phones' clocks are
 * not exact.
 */
#ifndef AUTH_TOTP_H
#define AUTH_TOTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

#define TOTP_SECRET_BYTES 20
#define TOTP_STEP_SECONDS 30

/*
 * Whether it is the code of one of the three steps around `unix_seconds`; *step is that step. A
 * wrong code takes as long as a right one.
 */
bool totp_matches(const unsigned char secret[TOTP_SECRET_BYTES], const char *code,
    int64_t unix_seconds, int64_t *step);

/* The code of a step, in `code`. */
void totp_code(const unsigned char secret[TOTP_SECRET_BYTES], int64_t step, char code[7]);

/* The secret as text to type in: base32 without padding. */
const char *totp_secret_text(struct arena *arena, const unsigned char secret[TOTP_SECRET_BYTES]);

/* The otpauth:// address for the QR code. */
const char *totp_uri(
    struct arena *arena, const char *issuer, const char *account, const char *secret_text);

#endif

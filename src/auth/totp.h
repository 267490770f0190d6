/*
 * Totp: one-time codes of six digits that a phone and the server compute independently (RFC 6238).
 *
 * They use SHA-1 and steps of 30 seconds, the only ones that every authenticator app supports. A
 * step is the number of such intervals since 1970; each has one code per secret. The codes of the
 * previous and of the next step are accepted too, because phones' clocks are not exact. Returned
 * texts live in the arena, memory that is freed as a whole at the end of a request.
 */
#ifndef AUTH_TOTP_H
#define AUTH_TOTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* The length of a user's secret, from which the codes are computed. */
#define TOTP_SECRET_BYTES 20

/* The length of a step in seconds: after it, the app shows the next code. */
#define TOTP_STEP_SECONDS 30

/* Whether `code` is that of the step of `unix_seconds`, or of the one before or after it; if so,
 * *step is the number of that step: store it and refuse a code whose step is not higher, so that
 * each code works once. Otherwise *step is unchanged. A wrong code of six digits takes as long as a
 * right one. */
bool totp_matches(const unsigned char secret[TOTP_SECRET_BYTES], const char *code,
    int64_t unix_seconds, int64_t *step);

/* Write the code of the step into `code`: six digits and a NUL. */
void totp_code(const unsigned char secret[TOTP_SECRET_BYTES], int64_t step, char code[7]);

/* Return the secret as text to type into the app: base32 without padding, in `arena`. */
const char *totp_secret_text(struct arena *arena, const unsigned char secret[TOTP_SECRET_BYTES]);

/* Return the otpauth:// URI for the QR code that the app scans, in `arena`. `issuer` is the name of
 * this service, `account` the user's, `secret_text` from totp_secret_text(). */
const char *totp_uri(
    struct arena *arena, const char *issuer, const char *account, const char *secret_text);

#endif

/*
 * Recovery: codes on paper, for people who have lost their phone.
 */
#ifndef USER_RECOVERY_H
#define USER_RECOVERY_H

#include "base/call.h"

/*
 * A new code, "abcd-efgh-ijkl-mnop-qrst-uvwx", with 120 random bits, so that a plain hash is
 * enough. FAULT_INTERNAL if the kernel gives no random bytes.
 */
MUST_USE bool recovery_code_create(struct call *call, const char **code);

/*
 * The stored form of a code, however it is typed: SHA-256 of its 24 letters and digits. NULL if it
 * can't be a code.
 */
const char *recovery_code_hash(struct arena *arena, const char *code);

#endif

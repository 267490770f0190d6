/*
 * Recovery: codes on paper, for whoever has lost the phone.
 */
#ifndef USER_RECOVERY_H
#define USER_RECOVERY_H

#include "base/call.h"

/*
 * "abcd-efgh-ijkl-mnop-qrst-uvwx" with 120 random bits, so that a plain hash is enough.
 * FAULT_INTERNAL when there are none.
 */
MUST_USE bool recovery_code_create(struct call *call, const char **code);

/*
 * What is kept of a code, however it was typed: SHA-256 of its 24 letters and digits. NULL when it
 * can't be one.
 */
const char *recovery_code_hash(struct arena *arena, const char *code);

#endif

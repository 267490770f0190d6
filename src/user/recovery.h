/*
 * Recovery: codes on paper with which users who have lost their phone sign in, in place of the
 * one-time code of an authenticator app.
 *
 * A code has 120 random bits, so it can't be guessed and a plain hash protects it in the database.
 */
#ifndef USER_RECOVERY_H
#define USER_RECOVERY_H

#include "base/call.h"

/* Create a random code, such as "abcd-efgh-ijkl-mnop-qrst-uvwx", in call->arena. Nothing is stored.
 * FAULT_INTERNAL if there are no random bytes. */
MUST_USE bool recovery_code_create(struct call *call, const char **code);

/* The form in which a code is stored: SHA-256, as hex text in `arena`, of its 24 letters and
 * digits. Upper or lower case, dashes and blanks make no difference. NULL if the text can't be a
 * code. */
const char *recovery_code_hash(struct arena *arena, const char *code);

#endif

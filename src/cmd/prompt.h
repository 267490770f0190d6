/*
 * Prompt: asking for a password where it leaves no trace: not in the arguments, which everybody on
 * the machine can see, and not on the screen.
 */
#ifndef CMD_PROMPT_H
#define CMD_PROMPT_H

#include "base/call.h"

/*
 * A new password: typed twice at a terminal, or the first line of what comes in otherwise. It is
 * wiped with the call's arena. FAULT_BAD_INPUT when there is none, or the two differ.
 */
MUST_USE bool prompt_password(struct call *call, const char *whose, const char **password);

#endif
